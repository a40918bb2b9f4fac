"""The kinds of what holds resources up, and the state of one that is looked for."""

from __future__ import annotations

import asyncio
import threading
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from atlas.handlers.keys import Key


@dataclass(frozen=True, slots=True)
class Kind:
    """How obstacles of one kind are looked for.

    Attributes:
        name: As metrics and threads are called.
        words: How logs speak of one that is away, before its place; '' for what is no news.
        pauses_s: Between looks; the last one for as long as it takes.
        is_judged: The first look comes at once; whatever it finds gone failed alone, and is woken by nobody.
        lets_all_through: When it is gone; else one, and the next when that one has ended.
        unwanted_looks: After so many looks that nobody waited for it is forgotten: what named it is gone or names another.
    """

    name: str
    words: str
    pauses_s: tuple[float, ...]
    is_judged: bool
    lets_all_through: bool
    unwanted_looks: int = 0


_GROWING_S = (1.0, 2.0, 4.0, 8.0, 10.0)
REGISTRY: Final = Kind(
    "registry", "the registry at", (10.0,), is_judged=True, lets_all_through=True, unwanted_looks=6
)
SERVER: Final = Kind("server", "the database server", _GROWING_S, is_judged=True, lets_all_through=True)
LOCK: Final = Kind("lock", "", _GROWING_S, is_judged=False, lets_all_through=False)
KINDS: Final = (REGISTRY, SERVER, LOCK)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle, as somebody met it.

    Attributes:
        place: The registry or server, and for a lock the database; shown in logs. With the kind it says which one it is.
        is_gone: One look, in a thread. It may take a few seconds.
        when_gone: Called once when it is gone, before anybody is woken.
        room: What a look has to wait for.
        why: What others are told who would meet it too.
    """

    kind: Kind
    place: str
    is_gone: Callable[[], bool] = field(repr=False)
    when_gone: Callable[[], None] = field(repr=False, default=lambda: None)
    room: Callable[[], AbstractAsyncContextManager[None]] = field(repr=False, default=nullcontext)
    why: str = ""


@dataclass(slots=True, eq=False)
class Watch:
    """An obstacle that is looked for. Written by the event loop alone, but for ``obstacle``.

    Attributes:
        obstacle: As it was met last: what is looked with belongs to somebody who is still there.
        waiting: In the order of coming.
        was_seen: A look has found it.
        is_over: It is looked for no longer: it is gone, or nobody waits.
        verdict: Set when the first look has found it, and when it is over.
        strikes: How often it was said to be gone lately, and was not.
        looks: Since somebody was let through.
        unwanted: Looks since somebody waited.
        passing: Who was let through and was not heard of yet.
        nudge: Ends a pause.
    """

    obstacle: Obstacle
    waiting: dict[Key, None] = field(default_factory=dict)
    was_seen: bool = False
    is_over: bool = False
    verdict: threading.Event = field(default_factory=threading.Event)
    strikes: int = 0
    looks: int = 0
    unwanted: int = 0
    passing: set[Key] = field(default_factory=set)
    nudge: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def kind(self) -> Kind:
        return self.obstacle.kind

    @property
    def place(self) -> str:
        return self.obstacle.place

    def is_wanted(self) -> bool:
        """Whether another look is worth it; asked once for each."""
        self.unwanted = 0 if self.waiting else self.unwanted + 1
        return not self.is_over and self.unwanted <= self.kind.unwanted_looks

    def next_pause_s(self) -> float:
        """The one before the next look; asked once for each."""
        pauses_s = self.kind.pauses_s
        pause_s = pauses_s[min(self.strikes + self.looks, len(pauses_s) - 1)]
        self.looks += 1
        return pause_s
