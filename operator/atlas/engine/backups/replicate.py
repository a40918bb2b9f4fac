"""A push to the registry and to every backup at once.

Content goes to the backups while the registry is asked. Their indexes are written when it has answered: what it took is
recorded, what it could not be asked is recorded with a mark, what it refused is recorded nowhere.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from atlas.engine.backups.target import retried
from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from atlas.engine.backups.fallback import Primary
    from atlas.engine.backups.target import Pace, Seen, Target

T = TypeVar("T")


class Copy(NamedTuple):
    """Two steps into one backup, both of which may be repeated.

    ``stage`` looks at the index too, so that ``record`` has one request left for when the registry has answered; it is
    given that answer, None where the registry could not be asked.
    """

    stage: Callable[[Target], Seen]
    record: Callable[[Target, Seen, object | None], None]


class Missed(NamedTuple):
    """A target that did not take a push, and why."""

    url: str
    error: str


@dataclass(frozen=True, slots=True)
class Replicated(Generic[T]):
    """What became of a push; ``answer`` is the registry's, None where it could not be asked.

    ``backups`` are the URLs of those that took it, ``missed`` every target that did not, the registry first.
    """

    answer: T | None
    backups: tuple[str, ...]
    missed: tuple[Missed, ...]


def replicate(primary: Primary[T], backups: Sequence[Target], copy: Copy, pace: Pace) -> Replicated[T]:
    """Push to the registry (``primary``) and to ``backups``; it succeeds if one of them took it.

    Raises ``Unavailable`` where none did, and whatever the registry refuses the push with: a backup must not hold
    what the registry said no to.
    """
    if not backups:
        return Replicated(primary.ask(), (), ())
    with ThreadPoolExecutor(len(backups) + 1, thread_name_prefix="replicate") as pool:
        first = pool.submit(primary.ask)
        others = [pool.submit(_copied, target, copy, first, pace) for target in backups]
        outage = _outage(first)
        errors = [other.result() for other in others]
    answer = None if outage else first.result()  # raises what the registry refused
    missed = [Missed(primary.name, mask_text(str(outage)))] if outage else []
    missed += [
        Missed(target.url, error) for target, error in zip(backups, errors, strict=True) if error is not None
    ]
    took = tuple(target.url for target, error in zip(backups, errors, strict=True) if error is None)
    if outage and not took:
        raise _nobody(missed)
    return Replicated(answer, took, tuple(missed))


def tell_each(
    backups: Sequence[Target], tell: Callable[[Target], object], pace: Pace
) -> tuple[tuple[str, ...], tuple[Missed, ...]]:
    """Tell every backup at once what the registry has decided: the URLs of those that know, and those that do not."""

    def told(target: Target) -> str | None:
        try:
            retried(lambda: tell(target), pace)
        except AtlasError as error:
            return mask_text(str(error))
        return None

    with ThreadPoolExecutor(max(1, len(backups)), thread_name_prefix="replicate") as pool:
        errors = list(pool.map(told, backups))
    pairs = list(zip(backups, errors, strict=True))
    took = tuple(target.url for target, error in pairs if error is None)
    return took, tuple(Missed(target.url, error) for target, error in pairs if error is not None)


def _copied(target: Target, copy: Copy, first: Future[T], pace: Pace) -> str | None:
    """The error of one backup, None where it took the push, '' where the registry refused it."""
    try:
        seen = retried(lambda: copy.stage(target), pace)
        outage = _outage(first)
        if outage is None and first.exception():
            return ""
        answer = None if outage else first.result()
        retried(lambda: copy.record(target, seen, answer), pace)
    except AtlasError as error:
        return mask_text(str(error))
    except Exception as error:  # noqa: BLE001 - a fault in the library of one store must not hide what others took
        return f"unexpected {type(error).__name__}"
    return None


def _outage(first: Future[T]) -> Unavailable | None:
    error = first.exception()
    return error if isinstance(error, Unavailable) else None


def _nobody(missed: Sequence[Missed]) -> Unavailable:
    listed = "".join(f"\n  {each.url}: {each.error}" for each in missed)
    return Unavailable(f"nothing was pushed, neither the registry nor a backup took it:{listed}")
