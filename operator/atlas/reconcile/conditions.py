"""From an outcome to the status of a resource, and from there to the smallest patch that gets there.

The keys are those of the CRD. A condition keeps its ``lastTransitionTime`` until its status changes, and an
outcome that changes nothing makes an empty patch. Writing it is the door's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple, assert_never

from atlas.engine.backups import Fallback
from atlas.reconcile import retries
from atlas.reconcile.outcome import (
    APPLIED,
    RECONCILING,
    SUSPENDED,
    Contended,
    Failed,
    Gone,
    Ready,
    Rehashed,
    SchemaReady,
    Source,
    Stopped,
    Suspended,
    Unchanged,
    Waiting,
)
from atlas.reconcile.runbook import Runbook

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.reconcile.outcome import Outcome

Patch = dict[str, object]
"""A JSON merge patch (RFC 7386) of ``status``: None removes a key, a list is replaced as a whole."""

MESSAGE_LIMIT = 32768
"""The CRD allows no longer message (``maxLength``, in characters)."""

_REASON_LIMIT = 4096
_SERVED = "Served from"
"""How ``Fallback.told`` begins."""
_OURS = ("Ready", "Reconciling", "Stalled")


class State(NamedTuple):
    """One condition without its times."""

    holds: bool
    reason: str
    message: str = ""


class Place(NamedTuple):
    """What a status is written for: the status as stored, the generation it speaks of, the time, and the pages of reasons."""

    status: Mapping[str, object]
    generation: int
    now: datetime
    runbook: Runbook = Runbook()


def reconciling(place: Place, detail: str = "") -> Patch:
    """Work begins. ``failed`` starts anew only where the last run was a success, as in the Go operator.

    ``detail`` stands in the Reconciling condition: health checks compare the message of Ready with this one word.
    """
    working = State(holds=True, reason=RECONCILING, message=detail or RECONCILING)
    wanted = _with_conditions(
        place, State(False, RECONCILING, RECONCILING), working, State(holds=False, reason=RECONCILING)
    )
    if is_ready(place.status):
        wanted["failed"] = 0
    return _patch(place.status, wanted)


def progress(place: Place, text: str) -> Patch:
    """Work goes on; ``text`` is for a person, as ``7/12 files``."""
    return _patch(place.status, {**place.status, "progress": text})


def detail(place: Place, text: str) -> Patch:
    """Work goes on, where the status has no field for it: the Reconciling condition says what is being done."""
    conditions = [
        {**one, "message": text} if one.get("type") == "Reconciling" and one.get("status") == "True" else one
        for one in _conditions(place.status)
    ]
    return _patch(place.status, {**place.status, "conditions": conditions})


def settled(place: Place, outcome: Outcome, limit: int) -> Patch:
    """The pass is over. ``limit`` is ``spec.backoffLimit``."""
    wanted: Mapping[str, object] = place.status
    match outcome:
        case Contended() | Stopped() | Gone():
            pass
        case Unchanged():
            wanted = _moved(place, outcome.source)
        case Rehashed():
            wanted = {**_moved(place, outcome.source), "observed_hash": outcome.observed_hash}
        case Ready():
            wanted = _ready(place, outcome)
        case SchemaReady():
            wanted = _schema_ready(place, outcome)
        case Waiting():
            # What was ready stays so: whether there is work to do is what the wait is for. A plan says that there is.
            is_quiet = is_ready(place.status) and not outcome.plan_url
            wanted = place.status if is_quiet else _waiting(place, outcome)
        case Failed():
            wanted = _failed(place, outcome, limit)
        case Suspended():
            wanted = _suspended(place)
        case _:
            assert_never(outcome)
    return _patch(place.status, wanted)


def _ready(place: Place, outcome: Ready) -> Patch:
    wanted = _with_conditions(
        place,
        State(holds=True, reason=APPLIED, message=_served_from(place, outcome.source)),
        State(holds=False, reason=APPLIED),
        State(holds=False, reason=APPLIED),
    )
    # A status of another operator may hold the answer of an approval; it spoke of a run that is over.
    for key in ("approvalUrl", "progress"):
        wanted.pop(key, None)
    wanted |= {
        "observed_hash": outcome.observed_hash,
        "lastAppliedVersion": outcome.version,
        "lastApplied": outcome.applied_at_s,
        "failed": 0,
        "pending": 0,
    }
    if outcome.deployment_url:
        wanted["lastDeploymentUrl"] = outcome.deployment_url
    elif outcome.version != place.status.get("lastAppliedVersion"):
        wanted.pop("lastDeploymentUrl", None)
    return _with_source(wanted, outcome.source)


def _schema_ready(place: Place, outcome: SchemaReady) -> dict[str, object]:
    done = State(holds=False, reason=APPLIED)
    message = _joined(outcome.message, _served_from(place, outcome.source))
    wanted = _with_conditions(place, State(holds=True, reason=APPLIED, message=message), done, done)
    wanted.pop("pushedState", None)
    if outcome.pushed_state:
        wanted["pushedState"] = outcome.pushed_state
    wanted = _with_source(wanted, outcome.source)
    return _with_plan(wanted, outcome.plan_url, outcome.plan_link) | {
        "observed_hash": outcome.observed_hash,
        "schemaHash": outcome.schema_hash,
        "last_applied": outcome.applied_at_s,
        "failed": 0,
    }


def source_of_status(status: Mapping[str, object]) -> Source | None:
    """Where the last success came from; a text is what earlier versions wrote."""
    found = status.get("source")
    if isinstance(found, str) and found:
        return Source(found)
    if isinstance(found, Mapping):
        return Source(*(str(found.get(key) or "") for key in ("url", "pushedAt", "reason")))
    return None


def _moved(place: Place, source: Source | None) -> Mapping[str, object]:
    """A ready resource that stays so, read from somewhere else than before. Another age or reason alone is no news."""
    before = source_of_status(place.status)
    is_same = before and source and (before.url, before.pushed_at) == (source.url, source.pushed_at)
    if source is None or is_same or (before is None and not source.is_backup) or not is_ready(place.status):
        return place.status
    reason, message = ready_state(place.status)
    if before and before.is_backup:
        said, mark, _ = message.rpartition(f"{_SERVED} {before.url} ")
        message = said.rstrip() if mark else message
    state = State(True, reason, _joined(message, _served_from(place, source)))
    conditions = [
        _renewed(place, "Ready", state) if one.get("type") == "Ready" else one
        for one in _conditions(place.status)
    ]
    return _with_source({**place.status, "conditions": conditions}, source)


def _served_from(place: Place, source: Source | None) -> str:
    """What Ready says of a backup, '' where the registry itself gave the state."""
    if source is None or not source.is_backup:
        return ""
    return Fallback(source.url, source.pushed_at, source.reason).told(place.now)


def _joined(message: str, told: str) -> str:
    return f"{message[: MESSAGE_LIMIT - len(told) - 1]} {told}".strip()[:MESSAGE_LIMIT]


def _with_source(wanted: dict[str, object], source: Source | None) -> dict[str, object]:
    others = {key: value for key, value in wanted.items() if key != "source"}
    if source is None:
        return others
    found = {"url": source.url, "pushedAt": source.pushed_at, "reason": source.reason[:_REASON_LIMIT]}
    return others | {"source": {key: value for key, value in found.items() if value}}


def _waiting(place: Place, outcome: Waiting) -> dict[str, object]:
    """Ready.message is the reason alone, which health checks know as work that goes on; a person is no work."""
    shown = outcome.message if outcome.plan_url else outcome.reason
    ready = State(holds=False, reason=outcome.reason, message=shown)
    told = place.runbook.ended(outcome.message, outcome.reason, MESSAGE_LIMIT)
    working = State(holds=True, reason=outcome.reason, message=told)
    wanted = _with_conditions(place, ready, working, State(holds=False, reason=outcome.reason))
    return _with_plan(wanted, outcome.plan_url, outcome.plan_link) if outcome.plan_url else wanted


def _with_plan(wanted: dict[str, object], url: str, link: str) -> dict[str, object]:
    """The plan of this outcome, and none of an earlier one."""
    others = {key: value for key, value in wanted.items() if key not in {"planURL", "planLink"}}
    plan = {"planURL": url, "planLink": link}
    return others | {key: value for key, value in plan.items() if value}


def _failed(place: Place, outcome: Failed, limit: int) -> Patch:
    failed = retries.counted(failed_before(place.status), limit=limit, retry=outcome.retry)
    stalled = retries.is_terminal(failed, limit=limit, retry=outcome.retry)
    message = place.runbook.ended(outcome.message, outcome.reason, MESSAGE_LIMIT)
    state = State(holds=False, reason=outcome.reason, message=message)
    wanted = _with_conditions(place, state, state._replace(holds=not stalled), state._replace(holds=stalled))
    wanted["failed"] = failed
    wanted.pop("progress", None)
    if outcome.pending is not None:
        wanted["pending"] = outcome.pending
    return wanted


def _suspended(place: Place) -> Patch:
    state = State(
        holds=False, reason=SUSPENDED, message="spec.suspend is true: nothing is read and nothing is done"
    )
    quiet = State(holds=False, reason=SUSPENDED)
    wanted = _with_conditions(place, state, quiet, quiet)
    wanted.pop("progress", None)
    return wanted


def failed_before(status: Mapping[str, object]) -> int:
    """Failures in a row so far."""
    failed = status.get("failed")
    return failed if isinstance(failed, int) else 0


def wait_s(status: Mapping[str, object], outcome: Failed, *, limit: int, chance: float) -> float | None:
    """Seconds until the next try after this failure, whose patch is merged into ``status``; None means never."""
    return retries.delay_s(failed_before(status), limit=limit, retry=outcome.retry, chance=chance)


def merged(status: Mapping[str, object], patch: Patch) -> dict[str, object]:
    """The status after the patch, as the API server will store it."""
    result = {**status}
    for key, value in patch.items():
        inner = result.get(key)
        if isinstance(value, Mapping):
            result[key] = merged(inner if isinstance(inner, Mapping) else {}, dict(value))
        else:
            result[key] = value
    return {key: value for key, value in result.items() if value is not None}


def _with_conditions(place: Place, ready: State, reconciling: State, stalled: State) -> Patch:
    states = zip(_OURS, (ready, reconciling, stalled), strict=True)
    others = [one for one in _conditions(place.status) if one.get("type") not in _OURS]
    conditions = [*(_renewed(place, kind, state) for kind, state in states), *others]
    return {**place.status, "observedGeneration": place.generation, "conditions": conditions}


def _renewed(place: Place, kind: str, state: State) -> dict[str, object]:
    before = _condition(place.status, kind)
    status = "True" if state.holds else "False"
    since = before.get("lastTransitionTime") if before.get("status") == status else None
    return {
        "type": kind,
        "status": status,
        "reason": state.reason,
        "message": state.message,
        "lastTransitionTime": since or place.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "observedGeneration": place.generation,
    }


def _patch(before: Mapping[str, object], wanted: Mapping[str, object]) -> Patch:
    changed: Patch = {
        key: _replaced(before.get(key), value)
        for key, value in wanted.items()
        if before.get(key) != value or key not in before
    }
    changed |= {key: None for key in before if key not in wanted}
    if changed and isinstance(before.get("source"), str):
        # Written by an earlier version: as a text it would be refused, with everything that is written beside it.
        changed.setdefault("source", _with_source({}, source_of_status(before)).get("source"))
    return changed


def _replaced(before: object, wanted: object) -> object:
    """An object in a merge patch is merged as well: what it no longer has is to be named."""
    if isinstance(before, Mapping) and isinstance(wanted, Mapping):
        return _patch(before, wanted)
    return wanted


def _conditions(status: Mapping[str, object]) -> list[Mapping[str, object]]:
    found = status.get("conditions")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _condition(status: Mapping[str, object], kind: str) -> Mapping[str, object]:
    return next((one for one in _conditions(status) if one.get("type") == kind), {})


def is_ready(status: Mapping[str, object]) -> bool:
    """Whether the Ready condition holds."""
    return _condition(status, "Ready").get("status") == "True"


def is_stalled(status: Mapping[str, object]) -> bool:
    """Whether only a change can help."""
    return _condition(status, "Stalled").get("status") == "True"


def ready_state(status: Mapping[str, object]) -> tuple[str, str]:
    """Reason and message of the Ready condition, '' before the first one."""
    ready = _condition(status, "Ready")
    return str(ready.get("reason", "")), str(ready.get("message", ""))
