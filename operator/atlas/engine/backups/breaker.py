"""Which addresses are not worth asking: one that failed again and again rests for a while, then is tried once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from atlas.engine.backups.fallback import Primary
from atlas.errors import RegistryError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Known:
    failures: int = 0
    rests_until: float = 0.0
    why: str = ""


class Breaker:
    """Failures by address; safe to use from threads. Times are those of one monotonic clock, in seconds."""

    def __init__(self, *, failures: int = 3, rest_s: float = 30.0) -> None:
        """``failures`` in a row open it, for ``rest_s``."""
        self._failures = failures
        self._rest_s = rest_s
        self._known: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def allows(self, address: str, now: float) -> bool:
        """Whether to ask; of those who ask after a rest one goes first, the others wait for what becomes of it."""
        with self._lock:
            known = self._known.get(address, _Known())
            if known.failures < self._failures:
                return True
            if now < known.rests_until:
                return False
            self._known[address] = replace(known, rests_until=now + self._rest_s)
            return True

    def is_open(self, address: str, now: float) -> bool:
        """Whether the address rests; asking this changes nothing."""
        with self._lock:
            known = self._known.get(address, _Known())
            return known.failures >= self._failures and now < known.rests_until

    def failed(self, address: str, now: float, why: str = "") -> None:
        """An outage, and what it was."""
        with self._lock:
            known = self._known.get(address, _Known())
            self._known[address] = _Known(known.failures + 1, now + self._rest_s, why)

    def why(self, address: str) -> str:
        """What the last outage was, '' where there was none."""
        with self._lock:
            return self._known.get(address, _Known()).why

    def succeeded(self, address: str) -> None:
        """An answer, were it a refusal."""
        with self._lock:
            self._known.pop(address, None)


def guarded(primary: Primary[T], breaker: Breaker, monotonic: Callable[[], float]) -> Primary[T]:
    """``primary``, which is not asked while ``breaker`` is open for its name: that is an outage at once."""

    def ask() -> T:
        if not breaker.allows(primary.name, monotonic()):
            why = breaker.why(primary.name) or f"{primary.name} did not answer"
            raise Unavailable(f"{why} (a moment ago; it is not asked again yet)")
        try:
            answer = primary.ask()
        except Unavailable as outage:
            breaker.failed(primary.name, monotonic(), str(outage))
            raise
        except RegistryError:
            breaker.succeeded(primary.name)
            raise
        breaker.succeeded(primary.name)
        return answer

    return Primary(primary.name, ask)
