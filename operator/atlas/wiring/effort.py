"""How long a command goes on asking a registry that does not answer, by what there is besides."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.client.transport import Transport
    from atlas.wire.contract import RegistryAddress

_BRIEF_S = 0.2
_REPORT_PAUSE_S = 1.0


class Effort(Enum):
    """What a registry is worth.

    ``FULL`` has all retries. ``BRIEF`` is for reads that backups stand in for, ``BRIEF_PUSH`` for pushes that they take
    too: one that refuses connections is given up within a second, one that drops them after three, and one that is silent
    after its first limit of ten, or twenty for a push. ``ONCE`` is for one that did not answer a moment ago: one try, of at
    most two seconds. ``REPORT`` is for telling of a run that is over: nobody waits for the answer, and a registry that does
    not give one is given up within about five seconds. ``PASS`` is for passes over resources, which come back by themselves: as ``BRIEF``.
    """

    FULL = auto()
    BRIEF = auto()
    BRIEF_PUSH = auto()
    ONCE = auto()
    PASS = auto()
    REPORT = auto()


def connected(
    address: RegistryAddress,
    effort: Effort = Effort.FULL,
    *,
    check_peer: Callable[[str], None] | None = None,
) -> Transport:
    """A connection that gives up as ``effort`` says; nothing is sent yet. ``check_peer`` as in ``Transport``, for ``PASS``."""
    import time

    from atlas.client.transport import PATIENT, Patience, Transport

    match effort:
        case Effort.FULL:
            return Transport(address, wait=time.sleep, patience=PATIENT)
        case Effort.BRIEF | Effort.PASS:
            patience = Patience(retries=2, connect_s=3.0, answer_s=10.0, tries_s=2.0)
        case Effort.BRIEF_PUSH:
            patience = Patience(retries=2, connect_s=3.0, answer_s=20.0, tries_s=2.0)
        case Effort.ONCE:
            patience = Patience(retries=0, connect_s=1.0, answer_s=1.0)
        case Effort.REPORT:
            patience = Patience(retries=3, connect_s=2.0, answer_s=3.0, tries_s=2.0)
            return Transport(address, wait=_wait_at_most(_REPORT_PAUSE_S), patience=patience)
    return Transport(address, wait=_wait_at_most(_BRIEF_S), patience=patience, check_peer=check_peer)


def _wait_at_most(most_s: float) -> Callable[[float], None]:
    import time

    return lambda seconds: time.sleep(min(seconds, most_s))
