"""What a turn met on its way: registries that are out, servers that are away, a lock in other hands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from atlas.errors import ConnectFailed
from atlas.handlers.healing.guarded import guarded
from atlas.handlers.healing.obstacle import LOCK, SERVER, Obstacle
from atlas.reconcile.outcome import Failed, Unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Database
    from atlas.handlers.healing.obstacle import Watch
    from atlas.handlers.healing.outages import Outages
    from atlas.handlers.healing.servers import Servers
    from atlas.handlers.keys import Key
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.ports import Ports, Targets


@dataclass(slots=True)
class Met:
    """Filled while the turn works, in its thread; read when it has ended.

    Attributes:
        target: The database of the resource; None before it is known.
        away: The last server that could not be connected to.
        opened: The servers that could.
    """

    outages: list[Watch] = field(default_factory=list)
    target: DatabaseURL | None = None
    away: DatabaseURL | None = None
    opened: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class NotedTargets:
    """``Targets`` that the turn remembers."""

    targets: Targets
    met: Met

    def open(self, url: DatabaseURL) -> Database:
        try:
            database = self.targets.open(url)
        except ConnectFailed:
            self.met.away = url
            raise
        self.met.opened.add(url.server_key)
        return database


@dataclass(frozen=True, slots=True)
class Sights:
    """How servers and locks are looked at.

    Attributes:
        servers: Where a look finds room, and which are left alone.
        server_answers: A brief look at the server of a database, without its password.
        lock_is_free: Whether the lock of runs in a database can be had now.
    """

    servers: Servers
    server_answers: Callable[[DatabaseURL], bool]
    lock_is_free: Callable[[DatabaseURL], bool]

    def obstacle(self, outcome: Outcome, met: Met) -> Obstacle | None:
        """What has to go before the resource can go on; None where the outcome speaks of neither server nor lock."""
        reason = _reason(outcome)
        if reason == ConnectFailed.reason and (url := met.away or met.target) and url.driver != "sqlite":
            return self._server(url)
        is_locked_out = isinstance(outcome, Failed) and outcome.is_locked_out
        return self._lock(met.target) if is_locked_out and met.target else None

    def _server(self, url: DatabaseURL) -> Obstacle:
        when_gone = partial(self.servers.connected, url.server_key)
        return Obstacle(SERVER, url.server_key, partial(self.server_answers, url), when_gone)

    def _lock(self, url: DatabaseURL) -> Obstacle:
        return Obstacle(
            LOCK,
            f"{url.server_key}/{url.database}",
            partial(self.lock_is_free, url),
            room=partial(self.servers.room_on, url.server_key),
        )


@dataclass(frozen=True, slots=True)
class Lookout:
    """Has what turns have met be looked for; ``sights`` is None where servers and locks are left to the retries."""

    outages: Outages
    sights: Sights | None = None

    def noted(self, ports: Ports, met: Met) -> Ports:
        """The same ports, which keep a turn from registries that are out, and ``met`` up to date."""
        ports = guarded(ports, self.outages, met.outages)
        return replace(ports, targets=NotedTargets(ports.targets, met))

    def note(self, key: Key, outcome: Outcome, met: Met) -> float | None:
        """A turn has ended: look for what stopped it, and wake whoever waits for a server that let it through.

        Returns the seconds until the next turn, where what stopped it has gone meanwhile.
        """
        obstacles = self.outages.obstacles
        found = self.sights and self.sights.obstacle(outcome, met)
        watches = (*met.outages, obstacles.met(found)) if found else met.outages
        woken_s = obstacles.note(key, watches)
        if found is None:
            for server_key in met.opened:
                obstacles.passed(SERVER, server_key)
        return woken_s

    def forget(self, key: Key) -> None:
        """The object is gone."""
        self.outages.obstacles.forget(key)

    def close(self) -> None:
        """Look no longer."""
        self.outages.close()
        self.outages.obstacles.close()


def _reason(outcome: Outcome) -> str:
    match outcome:
        case Failed(reason=reason):
            return reason
        case Unchanged(doubt=doubt):
            return doubt.partition(":")[0]
    return ""
