"""Room on dev servers: who has it, who waits for it, and that waiting is no failure."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from atlas.engine.database_url import parse_database_url
from atlas.errors import NoRoom
from atlas.handlers.dev.rooms import DevRooms
from atlas.reconcile.outcome import Contended

from tests.fakes.schema_house import DEV, House, done, resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.database_url import DatabaseURL

ON_A = parse_database_url("postgres://dev:pw@a:5432/dev")
ALSO_ON_A = parse_database_url("postgres://other:pw@A/another")
ON_B = parse_database_url("postgres://dev:pw@b:5432/dev")
IN_MEMORY = parse_database_url("sqlite://dev?mode=memory")


def test_a_server_has_room_for_half_as_many_dev_databases_as_connections() -> None:
    rooms = DevRooms(5, wait_s=0.01)
    with rooms.room_on(ON_A), rooms.room_on(ALSO_ON_A):
        with pytest.raises(NoRoom, match="2 dev databases on a:5432"), rooms.room_on(ON_A):
            pass
        with rooms.room_on(ON_B), rooms.room_on(IN_MEMORY):
            pass
    with rooms.room_on(ON_A), rooms.room_on(ON_A):
        pass


def test_room_is_given_back_by_whoever_fails_too_and_there_is_some_for_one_always() -> None:
    rooms = DevRooms(1, wait_s=0.01)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), rooms.room_on(ON_A):
            raise ZeroDivisionError
    with rooms.room_on(ON_A), pytest.raises(NoRoom), rooms.room_on(ON_A):
        pass


def test_a_schema_that_finds_no_room_comes_back_soon_and_opens_no_dev_database() -> None:
    @contextmanager
    def full(url: DatabaseURL) -> Iterator[None]:
        raise NoRoom(f"no room on {url.server_key}")
        yield

    house = House()
    house.dev = replace(house.dev, room_on=full)
    assert house.reconcile(resource()) == Contended()
    assert [url.server_key for url in house.targets.opened] == ["127.0.0.1:5432"]
    house.dev = replace(house.dev, room_on=DevRooms(8).room_on)
    done(house.reconcile(resource()))
    assert parse_database_url(DEV).server_key in [url.server_key for url in house.targets.opened]
