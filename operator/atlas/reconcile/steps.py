"""How the steps of a pass are taken: in order, until one has an outcome or an error ends them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from atlas.engine.mask import mask_text
from atlas.errors import AtlasError
from atlas.reconcile.outcome import Failed, Ready, Rehashed, SchemaReady, Unchanged, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from atlas.reconcile.outcome import Outcome

    P = TypeVar("P")


def first_outcome(
    steps: Iterable[Callable[[P], Outcome | None]], run: P, ended_by: Callable[[AtlasError, P], Outcome]
) -> Outcome | None:
    """The first outcome of these steps; an error raised on purpose becomes one by ``ended_by``."""
    try:
        for step in steps:
            outcome = step(run)
            if outcome is not None:
                return outcome
    except AtlasError as error:
        return ended_by(error, run)
    return None


def masked(outcome: Outcome, secrets: Iterable[str]) -> Outcome:
    """The outcome without a secret in its words."""
    secrets = tuple(secrets)
    if isinstance(outcome, Unchanged | Rehashed | Ready | SchemaReady) and outcome.source:
        source = replace(outcome.source, reason=mask_text(outcome.source.reason, secrets))
        outcome = replace(outcome, source=source)
    if isinstance(outcome, Failed | Waiting | SchemaReady):
        return replace(outcome, message=mask_text(outcome.message, secrets))
    return outcome
