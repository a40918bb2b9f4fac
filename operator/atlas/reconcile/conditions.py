"""From an outcome to the status of a resource, and from there to the smallest patch that gets there.

The keys are those of the CRD. A condition keeps its ``lastTransitionTime`` until its status changes, and an
outcome that changes nothing makes an empty patch. Writing it is the door's work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

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
    Stopped,
    Suspended,
    Unchanged,
    Waiting,
)
from atlas.reconcile.served import MESSAGE_LIMIT, joined, moved, served_from
from atlas.reconcile.status_patch import (
    Patch,
    Place,
    State,
    conditions_of,
    is_ready,
    is_stalled,
    merged,
    patch_of,
    ready_state,
    source_of_status,
    with_conditions,
    with_source,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.reconcile.outcome import Outcome

__all__ = [
    "MESSAGE_LIMIT",
    "Patch",
    "Place",
    "State",
    "detail",
    "failed_before",
    "is_ready",
    "is_stalled",
    "merged",
    "progress",
    "ready_state",
    "reconciling",
    "settled",
    "source_of_status",
    "wait_s",
]


def reconciling(place: Place, detail: str = "") -> Patch:
    """Work begins. ``failed`` starts anew only where the last run was a success, as in the Go operator.

    ``detail`` stands in the Reconciling condition: health checks compare the message of Ready with this one word.
    """
    working = State(holds=True, reason=RECONCILING, message=detail or RECONCILING)
    wanted = with_conditions(
        place, State(False, RECONCILING, RECONCILING), working, State(holds=False, reason=RECONCILING)
    )
    if is_ready(place.status):
        wanted["failed"] = 0
    return patch_of(place.status, wanted)


def progress(place: Place, text: str) -> Patch:
    """Work goes on; ``text`` is for a person, as ``7/12 files``."""
    return patch_of(place.status, {**place.status, "progress": text})


def detail(place: Place, text: str) -> Patch:
    """Work goes on, where the status has no field for it: the Reconciling condition says what is being done."""
    conditions = [
        {**one, "message": text} if one.get("type") == "Reconciling" and one.get("status") == "True" else one
        for one in conditions_of(place.status)
    ]
    return patch_of(place.status, {**place.status, "conditions": conditions})


def settled(place: Place, outcome: Outcome, limit: int) -> Patch:
    """The pass is over. ``limit`` is ``spec.backoffLimit``."""
    wanted: Mapping[str, object] = place.status
    match outcome:
        case Contended() | Stopped() | Gone():
            pass
        case Unchanged():
            wanted = moved(place, outcome.source)
        case Rehashed():
            wanted = {**moved(place, outcome.source), "observed_hash": outcome.observed_hash}
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
    return patch_of(place.status, wanted)


def _ready(place: Place, outcome: Ready) -> Patch:
    wanted = with_conditions(
        place,
        State(holds=True, reason=APPLIED, message=served_from(place, outcome.source)),
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
    return with_source(wanted, outcome.source)


def _schema_ready(place: Place, outcome: SchemaReady) -> dict[str, object]:
    done = State(holds=False, reason=APPLIED)
    message = joined(outcome.message, served_from(place, outcome.source))
    wanted = with_conditions(place, State(holds=True, reason=APPLIED, message=message), done, done)
    wanted.pop("pushedState", None)
    if outcome.pushed_state:
        wanted["pushedState"] = outcome.pushed_state
    wanted = with_source(wanted, outcome.source)
    return _with_plan(wanted, outcome.plan_url, outcome.plan_link) | {
        "observed_hash": outcome.observed_hash,
        "schemaHash": outcome.schema_hash,
        "last_applied": outcome.applied_at_s,
        "failed": 0,
    }


def _waiting(place: Place, outcome: Waiting) -> dict[str, object]:
    """Ready.message is the reason alone, which health checks know as work that goes on; a person is no work."""
    shown = outcome.message if outcome.plan_url else outcome.reason
    ready = State(holds=False, reason=outcome.reason, message=shown)
    told = place.runbook.ended(outcome.message, outcome.reason, MESSAGE_LIMIT)
    working = State(holds=True, reason=outcome.reason, message=told)
    wanted = with_conditions(place, ready, working, State(holds=False, reason=outcome.reason))
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
    wanted = with_conditions(place, state, state._replace(holds=not stalled), state._replace(holds=stalled))
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
    wanted = with_conditions(place, state, quiet, quiet)
    wanted.pop("progress", None)
    return wanted


def failed_before(status: Mapping[str, object]) -> int:
    """Failures in a row so far."""
    failed = status.get("failed")
    return failed if isinstance(failed, int) else 0


def wait_s(status: Mapping[str, object], outcome: Failed, *, limit: int, chance: float) -> float | None:
    """Seconds until the next try after this failure, whose patch is merged into ``status``; None means never."""
    return retries.delay_s(failed_before(status), limit=limit, retry=outcome.retry, chance=chance)
