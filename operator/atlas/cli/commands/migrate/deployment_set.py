"""What is told to the registry of a run on one target or on many: one report, or one set with its log."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.cli.commands.migrate.deployment import deployed, is_remote
from atlas.cli.project.many_targets import shown_url
from atlas.cli.registry.access import registry_address
from atlas.errors import AtlasError, LoginRequired, RegistryError, Unavailable

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from atlas.cli.context import Context
    from atlas.cli.project.many_targets import Target
    from atlas.cli.urls.directories import OpenedDirectory
    from atlas.engine.apply import ApplyReport
    from atlas.engine.ports import Database
    from atlas.wire.contract import RegistryAddress, ReportMigrationInput


@dataclass(slots=True)
class _Step:
    """A line of the set's log and those below it."""

    text: str
    start: str
    end: str = ""
    is_error: bool = False
    lines: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "text": self.text,
            "startTime": self.start,
            "endTime": self.end,
            "error": self.is_error,
            "log": [{"text": line} for line in self.lines],
        }


class DeploymentSet:
    """Collects what happens to each target, and sends it at the end.

    Nothing is sent without ``--env``, without a registry, of a dry run, or when no directory is the registry's.
    """

    def __init__(
        self, targets: Sequence[Target], context: Context, run_context: dict[str, object] | None
    ) -> None:
        self._targets = targets
        self._context = context
        self._run_context = run_context
        self._start = _now()
        first = _Step(f"Start migration for {len(targets)} targets", self._start)
        first.lines += [shown_url(arguments.url) for arguments, _ in targets]
        self._steps = [first]
        self._completed: list[ReportMigrationInput] = []
        self._has_remote = any(is_remote(arguments.dir) for arguments, _ in targets)
        self._error = ""
        self._id = ""

    def start(self, arguments: Namespace) -> None:
        """The next target begins."""
        self._end_step()
        step = _Step(f"Run migration: {len(self._completed) + 1}", _now())
        step.lines += [
            f"Target URL: {shown_url(arguments.url)}",
            f"Migration directory: {arguments.dir or 'file://migrations'}",
        ]
        self._steps.append(step)

    def done(
        self, report: ApplyReport, source: OpenedDirectory, database: Database, arguments: Namespace
    ) -> None:
        """A target is through, with an error or without. A failure to note it is said on stderr."""
        address = self._address()
        if address is None:
            return
        try:
            told = deployed(
                report,
                source,
                database,
                arguments=arguments,
                project=address.project,
                run_context=self._run_context,
            )
        except AtlasError as error:
            self._complain(error)
            return
        self._end_step()
        if report.error:
            self._note(str(report.error))
        self._completed.append(told)

    @contextmanager
    def flushed(self) -> Iterator[None]:
        """Send at the end of the block, however it ends; an error of the block goes on."""
        try:
            yield
        except (AtlasError, OSError) as error:
            if isinstance(error, AtlasError):
                self._note(str(error))
            if self._completed or not isinstance(error, RegistryError):
                self._send(has_reader=not isinstance(error, OSError))
            raise
        except (
            KeyboardInterrupt
        ):  # the targets before were changed all the same; a second signal ends this too
            if self._completed:
                self._note("interrupted")
                self._send(has_reader=False)
            raise
        self._send()

    def _send(self, *, has_reader: bool = True) -> None:
        address = self._address()
        if address is None or (self._first.dry_run and not self._completed):
            return  # NB: a report says by its databases that it is of a dry run
        try:
            link = self._sent_whole(address)
        except LoginRequired:
            return
        except AtlasError as error:
            self._complain(error)
            return
        if link and has_reader and not self._first.format:
            self._context.out(link)

    def _sent_whole(self, address: RegistryAddress) -> str:
        """A first signal does not keep what happened from the registry: it is told once more, under the same id."""
        try:
            return self._sent(address)
        except KeyboardInterrupt:
            self._note("interrupted")
            with suppress(AtlasError):
                self._sent(address)
            raise

    def _sent(self, address: RegistryAddress) -> str:
        from atlas.cli.registry.backups import did_not_answer
        from atlas.wiring import Effort, report_migration, report_migration_set

        effort = Effort.ONCE if did_not_answer(address.url, self._context) else Effort.REPORT
        registry_address(self._context, self._targets[0][1], effort)  # is it the organization that is meant?
        if len(self._targets) == 1 and self._completed:
            return report_migration(address, self._completed[0], effort)
        from uuid import uuid4

        self._id = self._id or str(uuid4())
        return report_migration_set(
            address,
            {
                "id": self._id,
                "planned": len(self._targets),
                "startTime": self._start,
                "endTime": _now(),
                "error": self._error or None,
                "log": [step.as_json() for step in self._steps],
                "completed": self._completed,
                **({"context": self._run_context} if self._run_context else {}),
            },
            effort,
        )

    @property
    def _first(self) -> Namespace:
        return self._targets[0][0]

    def _address(self) -> RegistryAddress | None:
        """Where the report goes to; nothing is asked."""
        from atlas.wiring import resolve_registry

        if not self._has_remote or not self._first.env:
            return None
        project = self._targets[0][1]
        cloud = project.cloud if project else None
        try:
            return resolve_registry(cloud, self._context.environ, self._context.settings.home)
        except LoginRequired:
            return None

    def _end_step(self) -> None:
        self._steps[-1].end = self._steps[-1].end or _now()

    def _note(self, error: str) -> None:
        """The first error is that of the set."""
        if self._error:
            return
        self._error = error if error.startswith("Error") else f"Error: {error}"
        self._end_step()
        self._steps[-1].lines.append(self._error)
        self._steps[-1].is_error = True

    def _complain(self, error: AtlasError) -> None:
        what = "the registry was not told of this run, which changes nothing for the database: "
        said = f"{what if isinstance(error, Unavailable) else ''}{error}"
        self._context.err(f"{chr(10) if self._first.format else ''}Error: {said}")


def _now() -> str:
    from atlas.wiring import SystemClock

    return SystemClock().now().isoformat().replace("+00:00", "Z")
