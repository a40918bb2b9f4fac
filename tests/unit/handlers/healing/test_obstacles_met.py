"""What turns meet on their way, and what is looked for then."""

from __future__ import annotations

import pytest
from atlas.engine.database_url import parse_database_url
from atlas.errors import AccessDenied, ConnectFailed, DevInUse, LockNotAcquired
from atlas.handlers.healing.met import Met, NotedTargets
from atlas.handlers.healing.servers import TRIES, Servers
from atlas.reconcile.outcome import Failed, Unchanged, failed_by

from tests.fakes.reconcile import TARGET, FakeTargets
from tests.fakes.yard import Yard, in_yard, keys


def test_what_a_turn_met_is_read_from_how_it_ended() -> None:
    async def work(yard: Yard) -> None:
        url = parse_database_url(TARGET)
        servers = Servers(yard.time.now)
        lookout = yard.lookout(servers)

        def met(outcome: Failed | Unchanged, database: str = TARGET) -> str:
            assert lookout.sights
            found = lookout.sights.obstacle(outcome, Met(target=parse_database_url(database)))
            return f"{found.kind.name} {found.place}" if found else ""

        assert met(failed_by(ConnectFailed("refused"))) == "server 127.0.0.1:5432"
        assert met(Unchanged(doubt="ConnectFailed: refused")) == "server 127.0.0.1:5432"
        assert met(failed_by(LockNotAcquired("held"))) == "lock 127.0.0.1:5432/app"
        assert (
            met(failed_by(LockNotAcquired("held")), "sqlite:///data/app.db")
            == "lock /data/app.db//data/app.db"
        )
        assert met(failed_by(DevInUse("in use"))) == ""  # the lock of the target is free
        assert met(Unchanged(doubt="LockNotAcquired: the dev database is in use")) == ""
        assert met(failed_by(ConnectFailed("no file")), "sqlite:///data/app.db") == ""
        assert met(failed_by(AccessDenied("password"))) == ""
        assert met(Unchanged()) == ""
        targets, turn = FakeTargets(error=ConnectFailed("refused")), Met()
        with pytest.raises(ConnectFailed):
            NotedTargets(targets, turn).open(url.with_database("dev"))
        assert turn.away is not None
        targets.error = None
        NotedTargets(targets, turn).open(url)
        assert turn.opened == {"127.0.0.1:5432"}

    in_yard(work)


def test_a_server_that_is_back_is_no_longer_left_alone() -> None:
    async def work(yard: Yard) -> None:
        servers = Servers(yard.time.now)
        lookout = yard.lookout(servers)
        (key,) = keys(1)
        async with servers.room_on("127.0.0.1:5432"):
            for _ in range(TRIES):
                servers.refused("127.0.0.1:5432", "refused")
        with pytest.raises(ConnectFailed):
            async with servers.room_on("127.0.0.1:5432"):
                pass
        lookout.note(key, failed_by(ConnectFailed("refused")), Met(target=parse_database_url(TARGET)))
        await yard.settled()
        yard.place.is_gone = True
        await yard.pass_time(2)
        assert await yard.woken() == [key]
        async with servers.room_on("127.0.0.1:5432"):
            pass

    in_yard(work)
