"""What a report says about the databases in it, read with patience: clients of several makes and ages send them.

Pure. A field that is absent, null or of another type is as good as empty; nothing here refuses a report.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from atlas.server.store.registry import utc_text
from atlas.wire.foreign import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.wire.contract import DeploymentStatus

MANY = "(multiple)"
_FIELD_LIMIT = 500  # characters; the whole payload is kept beside what is taken out of it
_ERROR_LIMIT = 20_000


class Run(NamedTuple):
    """One database of a report.

    Attributes:
        target: The UUID that the database keeps of itself, else its URL.
        name: What people call it, see ``database_name``.
        tag: What it follows, '' for latest.
        version: Where it is now.
        wanted: Where it was to go.
        files: How many files ran, also in part.
    """

    directory: str
    target: str
    name: str
    environment: str
    tag: str
    version: str
    wanted: str
    files: int
    error: str
    dry_run: bool
    started_at: str
    ended_at: str

    @property
    def status(self) -> DeploymentStatus:
        """How it went. A dry run is one, however it ended: it changed nothing."""
        if self.dry_run:
            return "DRY_RUN"
        if self.error:
            return "FAILED"
        return "PASSED" if self.files else "NO_ACTION"


class RunSet(NamedTuple):
    """All databases of a report. ``planned`` counts those too that were never reached."""

    runs: tuple[Run, ...]
    planned: int
    error: str
    started_at: str
    ended_at: str

    @property
    def succeeded(self) -> int:
        return sum(not run.error for run in self.runs)

    @property
    def status(self) -> DeploymentStatus:
        """How it went as a whole: one failure is a failure of all, one that did something is something."""
        statuses = {run.status for run in self.runs}
        if "DRY_RUN" in statuses:
            return "DRY_RUN"
        if self.error or "FAILED" in statuses or self.succeeded < self.planned:
            return "FAILED"
        return "PASSED" if "PASSED" in statuses else "NO_ACTION"


def run_set(payload: Mapping[str, Any], received_at: str) -> RunSet:
    """A report of either kind: ``reportMigration`` is a set of one."""
    if "completed" not in payload and "planned" not in payload:
        run = _run(payload, received_at)
        return RunSet((run,), 1, run.error, run.started_at, run.ended_at)
    completed = payload.get("completed")
    listed = completed if isinstance(completed, list) else []
    runs = tuple(_run(run, received_at) for run in listed if isinstance(run, dict))
    planned = payload.get("planned")
    return RunSet(
        runs,
        max(planned if isinstance(planned, int) else 0, len(runs), 1),
        plain(payload.get("error"), _ERROR_LIMIT),
        _in_utc(payload.get("startTime"), received_at),
        _in_utc(payload.get("endTime"), received_at),
    )


def one_of(values: Sequence[str]) -> str:
    """The value that all have, '' where there is none, else ``MANY``."""
    distinct = set(values)
    if len(distinct) > 1:
        return MANY
    return distinct.pop() if distinct else ""


def database_name(url: str, schema: str) -> str:
    """What people call the database of a redacted URL: ``shop``, ``shop.public``, ``app.db``; '' for no URL.

    The last part of the path, and the schema where that is another name; the host where there is neither.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return schema
    name = (parts.path.rstrip("/") or (parts.netloc if parts.scheme == "sqlite" else "")).rpartition("/")[2]
    if parts.scheme == "sqlite" or schema in {"", name}:
        return name or schema or host
    return f"{name}.{schema}" if name else schema


def plain(value: object, limit: int = _FIELD_LIMIT) -> str:
    """The text of a field, without what no database takes; '' where it is absent."""
    return str(value or "")[:limit].encode(errors="replace").decode().replace("\0", "")


def _line(value: object) -> str:
    """As ``plain``, for what stands in tables of a terminal; what is written in more signs is cut again."""
    return one_line(plain(value))[:_FIELD_LIMIT]


def _run(payload: Mapping[str, Any], received_at: str) -> Run:
    target = payload.get("target")
    target = target if isinstance(target, dict) else {}
    identity = _line(target.get("id") or target.get("url"))
    files = payload.get("files")
    return Run(
        directory=_line(payload.get("dirName")),
        target=identity,
        name=plain(database_name(_line(target.get("url")), _line(target.get("schema")))) or identity,
        environment=_line(payload.get("envName")),
        tag=_line(payload.get("tag")),
        version=_line(payload.get("currentVersion")),
        wanted=_line(payload.get("toVersion")),
        files=len(files) if isinstance(files, list) else 0,
        error=plain(payload.get("error"), _ERROR_LIMIT),
        dry_run=bool(payload.get("dryRun")),
        started_at=_in_utc(payload.get("startTime"), received_at),
        ended_at=_in_utc(payload.get("endTime"), received_at),
    )


def _in_utc(moment: object, received_at: str) -> str:
    """An RFC 3339 time in the one form that sorts as text, else when it was received."""
    try:
        parsed = datetime.fromisoformat(str(moment))
        if parsed.year > 1:  # the year 1 is the zero of Go's time, which is no time
            return utc_text(parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        pass
    return received_at
