"""How the steps of a pass are taken: in order, until one has an outcome or an error ends them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, NoRoom, Retry
from atlas.reconcile.outcome import Contended, Failed, Ready, Rehashed, SchemaReady, Unchanged, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from atlas.reconcile.outcome import Outcome

    P = TypeVar("P", bound="Halted")


class Halted(Protocol):
    """What an error in a pass needs of it."""

    has_announced: bool

    @property
    def secrets(self) -> Sequence[str]: ...

    @property
    def is_unchanged(self) -> bool: ...


def first_outcome(
    steps: Iterable[Callable[[P], Outcome | None]], run: P, ended_by: Callable[[AtlasError, P], Outcome]
) -> Outcome | None:
    """The first outcome of these steps, without secrets; an error raised on purpose becomes one by ``ended_by``."""
    try:
        for step in steps:
            outcome = step(run)
            if outcome is not None:
                return masked(outcome, run.secrets)
    except AtlasError as error:
        return masked(ended_by(error, run), run.secrets)
    return None


def undecided_by(error: AtlasError, run: Halted) -> Outcome | None:
    """The outcome of an error that says nothing about the resource: one that was ready stays so until something is known."""
    if isinstance(error, NoRoom):
        return Contended()
    if error.retry is Retry.AFTER and run.is_unchanged and not run.has_announced:
        return Unchanged(doubt=mask_text(f"{error.reason}: {error}", run.secrets))
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
