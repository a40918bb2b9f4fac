"""Registries that do not answer.

One look tells an outage from a request that fails alone. Nobody asks a registry that is out; it is looked for every few
seconds, and whoever needed it is woken when it is back. ``asked``, ``told`` and what they call belong to the threads of
passes, everything else to the event loop.
"""

from __future__ import annotations

import asyncio
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from atlas.errors import RegistryError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from logging import Logger

    from atlas.handlers.keys import Key
    from atlas.wire.contract import RegistryAddress

    Sleep = Callable[[float], Awaitable[object]]

T = TypeVar("T")

LOOK_EVERY_S = 10.0
SPREAD = 0.1
WAKE_WITHIN_S = 3.0
"""Whoever is woken begins within so many seconds, not all at once."""
VERDICT_S = 9.0
"""How long others wait for the first look; it takes less."""
REPORT_S = 1.0
UNWANTED_LOOKS = 6
"""After so many looks that nobody was waiting for, a registry is forgotten: the manifest that named it is gone or names another."""
_LOOKS_AT_ONCE = 32
_REPORTS_AT_ONCE = 32
_REPORTS_WAITING = 256


class Outage:
    """A registry has not answered somebody; ``is_real`` once a look found nobody either, ``is_over`` when it is back."""

    __slots__ = ("address", "is_over", "is_real", "verdict", "waiting", "why")

    def __init__(self, address: RegistryAddress, why: str) -> None:
        self.address = address
        self.why = why
        self.verdict = threading.Event()
        self.is_real = False
        self.is_over = False
        self.waiting: set[Key] = set()


class Outages:
    """All outages of registries, by their addresses. Nothing is remembered of those that are over."""

    def __init__(
        self,
        answers: Callable[[RegistryAddress], bool],
        wake: Callable[[Key, float], None],
        logger: Logger,
        *,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Belongs to the running event loop.

        Args:
            answers: Asks a registry briefly, in a thread, whether there is anybody; a refusal is an answer.
            wake: Has a pass over a key begin in so many seconds.
            logger: Is told when an outage begins and ends.
            sleep: Passes the time between looks.
            chance: A random number in [0, 1).
        """
        self._answers = answers
        self._wake = wake
        self._logger = logger
        self._sleep = sleep
        self._chance = chance
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._open: dict[str, Outage] = {}
        self._watches: set[asyncio.Task[None]] = set()
        self._looks = ThreadPoolExecutor(_LOOKS_AT_ONCE, thread_name_prefix="look")
        self._reporters = ThreadPoolExecutor(_REPORTS_AT_ONCE, thread_name_prefix="report")
        self._is_closed = False
        self._report_room = threading.BoundedSemaphore(_REPORTS_WAITING)

    @property
    def count(self) -> int:
        """How many registries are out."""
        return sum(outage.is_real for outage in list(self._open.values()))

    def asked(self, address: RegistryAddress, ask: Callable[[], T], heard: list[Outage]) -> T:
        """What a registry answers; one that is out is not asked. ``heard`` gets the outage that was met.

        Raises:
            Unavailable: It is out, or did not answer.
            RegistryError: It refuses.
        """
        if outage := self.real(address):
            heard.append(outage)
            raise Unavailable(outage.why)
        try:
            answer = ask()
        except Unavailable as error:
            heard.append(self.failed(address, error))
            raise
        except RegistryError:
            self._answered(address)
            raise
        self._answered(address)
        return answer

    def told(self, address: RegistryAddress, tell: Callable[[], T]) -> T:
        """As ``asked`` for what may be lost: it takes ``REPORT_S`` at most, and goes on in the background after that."""
        with self._lock:
            outage = self._open.get(address.url)
        if outage:
            raise Unavailable(outage.why)
        if self._is_closed or not self._report_room.acquire(blocking=False):
            raise Unavailable(f"{address.url} is too slow to be told everything")
        try:
            return self._reporters.submit(self._told, address, tell).result(REPORT_S)
        except TimeoutError:
            raise Unavailable(
                f"{address.url} did not take it within {REPORT_S:g} s; it is still sent"
            ) from None

    def real(self, address: RegistryAddress) -> Outage | None:
        """The outage of a registry; waits for the first look, for it may be one request that failed alone."""
        with self._lock:
            outage = self._open.get(address.url)
        if outage is None:
            return None
        outage.verdict.wait(VERDICT_S)
        return outage if outage.is_real and not outage.is_over else None

    def failed(self, address: RegistryAddress, error: Unavailable) -> Outage:
        """A request was not answered: have somebody look."""
        with self._lock:
            outage = self._open.get(address.url)
            if outage is None:
                outage = self._open[address.url] = Outage(address, _for_others(address, error))
                self._loop.call_soon_threadsafe(self._begin, outage)
        return outage

    def note(self, key: Key, heard: list[Outage]) -> float | None:
        """A pass over a key has met these outages, and no others; seconds until the next one, if they are over already."""
        for outage in list(self._open.values()):
            if outage not in heard:
                outage.waiting.discard(key)
        for outage in heard:
            if not outage.is_over:
                outage.waiting.add(key)
            elif outage.is_real:
                return self._chance() * WAKE_WITHIN_S
        return None

    def forget(self, key: Key) -> None:
        """The object is gone."""
        self.note(key, [])

    def close(self) -> None:
        """Look for nobody any more; what is being sent is left to arrive."""
        self._is_closed = True
        for task in self._watches:
            task.cancel()
        self._looks.shutdown(wait=False, cancel_futures=True)

    def _told(self, address: RegistryAddress, tell: Callable[[], T]) -> T:
        try:
            return self.asked(address, tell, [])
        finally:
            self._report_room.release()

    def _answered(self, address: RegistryAddress) -> None:
        with self._lock:
            outage = self._open.get(address.url)
        if outage:
            self._loop.call_soon_threadsafe(self._end, outage)

    def _begin(self, outage: Outage) -> None:
        if self._is_closed:
            return
        task = self._loop.create_task(self._watch(outage))
        self._watches.add(task)
        task.add_done_callback(self._watches.discard)

    async def _watch(self, outage: Outage) -> None:
        unwanted = 0
        while not outage.is_over:
            unwanted = 0 if outage.waiting else unwanted + 1
            if unwanted > UNWANTED_LOOKS:
                self._forget(outage)
                return
            if await self._loop.run_in_executor(self._looks, self._look, outage.address):
                self._end(outage)
                return
            if not outage.is_real:
                self._logger.warning("the registry is out, and is looked for from now on: %s", outage.why)
            outage.is_real = True
            outage.verdict.set()
            await self._sleep(LOOK_EVERY_S * (1 - SPREAD + 2 * SPREAD * self._chance()))

    def _look(self, address: RegistryAddress) -> bool:
        try:
            return self._answers(address)
        except Exception:
            self._logger.exception("a look at %s ended by a defect", address.url)
            return True  # whoever needs it asks for himself, which is safe

    def _forget(self, outage: Outage) -> None:
        """Look no longer for a registry that nobody needs; whoever names it again finds out again."""
        with self._lock:
            if not outage.is_over:
                outage.is_over = True
                del self._open[outage.address.url]

    def _end(self, outage: Outage) -> None:
        with self._lock:
            if outage.is_over:
                return
            outage.is_over = True
            del self._open[outage.address.url]
        outage.verdict.set()
        if not outage.is_real:
            return
        self._logger.warning(
            "the registry at %s answers again: %d resources are looked at",
            outage.address.url,
            len(outage.waiting),
        )
        for key in outage.waiting:
            self._wake(key, self._chance() * WAKE_WITHIN_S)


def _for_others(address: RegistryAddress, error: Unavailable) -> str:
    """What everybody is told: an answer that was meant for one resource may hold what others must not read."""
    said = str(error)
    answered = f"{address.url} answers "
    if said.startswith(answered):
        return said.partition(": ")[0]
    return said if said.startswith(address.url) else f"{address.url} gave an answer that is none"
