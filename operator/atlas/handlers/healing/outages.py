"""Registries that do not answer, for the threads of passes: nobody asks one that is out.

One look tells an outage from a request that fails alone; ``obstacles`` looks, and wakes whoever met it.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from atlas.errors import RegistryError, Unavailable
from atlas.handlers.healing.obstacle import REGISTRY, Obstacle

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.handlers.healing.obstacle import Watch
    from atlas.handlers.healing.obstacles import Obstacles
    from atlas.wire.contract import RegistryAddress

T = TypeVar("T")

VERDICT_S = 9.0
"""How long others wait for the first look; it takes less."""
REPORT_S = 1.0
_REPORTS_AT_ONCE = 32
_REPORTS_WAITING = 256


class Outages:
    """Stands before every request to a registry. Belongs to the threads of passes, but for ``close``."""

    def __init__(self, obstacles: Obstacles, answers: Callable[[RegistryAddress], bool]) -> None:
        """``answers`` asks a registry briefly, in a thread, whether there is anybody; a refusal is an answer."""
        self.obstacles = obstacles
        self._answers = answers
        self._reporters = ThreadPoolExecutor(_REPORTS_AT_ONCE, thread_name_prefix="report")
        self._report_room = threading.BoundedSemaphore(_REPORTS_WAITING)
        self._is_closed = False

    def asked(self, address: RegistryAddress, ask: Callable[[], T], heard: list[Watch]) -> T:
        """What a registry answers; one that is out is not asked. ``heard`` gets the outage that was met.

        Raises:
            Unavailable: It is out, or did not answer.
            RegistryError: It refuses.
        """
        if outage := self.real(address):
            heard.append(outage)
            raise Unavailable(outage.obstacle.why)
        try:
            answer = ask()
        except Unavailable as error:
            heard.append(self.failed(address, error))
            raise
        except RegistryError:
            self.obstacles.passed_by_thread(REGISTRY, address.url)
            raise
        self.obstacles.passed_by_thread(REGISTRY, address.url)
        return answer

    def told(self, address: RegistryAddress, tell: Callable[[], T]) -> T:
        """As ``asked`` for what may be lost: it takes ``REPORT_S`` at most, and goes on in the background after that."""
        if outage := self.obstacles.found(REGISTRY, address.url):
            raise Unavailable(outage.obstacle.why)
        if self._is_closed or not self._report_room.acquire(blocking=False):
            raise Unavailable(f"{address.url} is too slow to be told everything")
        try:
            return self._reporters.submit(self._told, address, tell).result(REPORT_S)
        except TimeoutError:
            raise Unavailable(
                f"{address.url} did not take it within {REPORT_S:g} s; it is still sent"
            ) from None

    def real(self, address: RegistryAddress) -> Watch | None:
        """The outage of a registry; waits for the first look, for it may be one request that failed alone."""
        outage = self.obstacles.found(REGISTRY, address.url)
        if outage is None:
            return None
        outage.verdict.wait(VERDICT_S)
        if outage.is_over or not outage.was_seen:
            return None
        outage.obstacle = self._obstacle(address, outage.obstacle.why)
        return outage

    def failed(self, address: RegistryAddress, error: Unavailable) -> Watch:
        """A request was not answered: have somebody look."""
        return self.obstacles.met_by_thread(self._obstacle(address, _for_others(address, error)))

    def close(self) -> None:
        """Report nothing more; what is being sent is left to arrive."""
        self._is_closed = True

    def _obstacle(self, address: RegistryAddress, why: str) -> Obstacle:
        return Obstacle(REGISTRY, address.url, partial(self._answers, address), why=why)

    def _told(self, address: RegistryAddress, tell: Callable[[], T]) -> T:
        try:
            return self.asked(address, tell, [])
        finally:
            self._report_room.release()


def _for_others(address: RegistryAddress, error: Unavailable) -> str:
    """What everybody is told: an answer that was meant for one resource may hold what others must not read."""
    said = str(error)
    answered = f"{address.url} answers "
    if said.startswith(answered):
        return said.partition(": ")[0]
    return said if said.startswith(address.url) else f"{address.url} gave an answer that is none"
