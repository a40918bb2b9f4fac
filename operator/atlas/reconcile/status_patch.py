"""Statuses of resources as mappings: their conditions, and the smallest patch from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from atlas.reconcile.outcome import Source
from atlas.reconcile.runbook import Runbook

if TYPE_CHECKING:
    from datetime import datetime

Patch = dict[str, object]
"""A JSON merge patch (RFC 7386) of ``status``: None removes a key, a list is replaced as a whole."""

_REASON_LIMIT = 4096
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


def with_conditions(place: Place, ready: State, reconciling: State, stalled: State) -> Patch:
    """The status with our three conditions; those of others stay behind them."""
    states = zip(_OURS, (ready, reconciling, stalled), strict=True)
    others = [one for one in conditions_of(place.status) if one.get("type") not in _OURS]
    conditions = [*(renewed(place, kind, state) for kind, state in states), *others]
    return {**place.status, "observedGeneration": place.generation, "conditions": conditions}


def renewed(place: Place, kind: str, state: State) -> dict[str, object]:
    """A condition as it is written now; its time stays while its status does."""
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


def patch_of(before: Mapping[str, object], wanted: Mapping[str, object]) -> Patch:
    """What makes ``wanted`` of ``before``; empty where they are equal."""
    changed: Patch = {
        key: _replaced(before.get(key), value)
        for key, value in wanted.items()
        if before.get(key) != value or key not in before
    }
    changed |= {key: None for key in before if key not in wanted}
    if changed and isinstance(before.get("source"), str):
        # Written by an earlier version: as a text it would be refused, with everything that is written beside it.
        changed.setdefault("source", with_source({}, source_of_status(before)).get("source"))
    return changed


def _replaced(before: object, wanted: object) -> object:
    """An object in a merge patch is merged as well: what it no longer has is to be named."""
    if isinstance(before, Mapping) and isinstance(wanted, Mapping):
        return patch_of(before, wanted)
    return wanted


def conditions_of(status: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The conditions of a status, in their order."""
    found = status.get("conditions")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _condition(status: Mapping[str, object], kind: str) -> Mapping[str, object]:
    return next((one for one in conditions_of(status) if one.get("type") == kind), {})


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


def source_of_status(status: Mapping[str, object]) -> Source | None:
    """Where the last success came from; a text is what earlier versions wrote."""
    found = status.get("source")
    if isinstance(found, str) and found:
        return Source(found)
    if isinstance(found, Mapping):
        return Source(*(str(found.get(key) or "") for key in ("url", "pushedAt", "reason")))
    return None


def with_source(wanted: dict[str, object], source: Source | None) -> dict[str, object]:
    """A status with the place that its state came from; None takes it out."""
    others = {key: value for key, value in wanted.items() if key != "source"}
    if source is None:
        return others
    found = {"url": source.url, "pushedAt": source.pushed_at, "reason": source.reason[:_REASON_LIMIT]}
    return others | {"source": {key: value for key, value in found.items() if value}}
