"""Files that are replayed may make databases, which go again; what was there before they do not change."""

from __future__ import annotations

import time

import pytest
from atlas.engine.rooms.beside import MYSQL, Beside, short, watched_history, without_comments
from atlas.errors import PolicyRefused, StatementFailed, Unsupported


class Server:
    """A server with objects, and what was run on it."""

    def __init__(self, *names: str) -> None:
        self.things = [_database(name) for name in names]
        self.ran: list[str] = []
        self.refuses = False

    def list(self) -> list[Beside]:
        return list(self.things)

    def run(self, sql: str) -> None:
        if self.refuses:
            raise StatementFailed("in use", statement=sql, text="in use")
        self.ran.append(sql)


def _database(name: str) -> Beside:
    return Beside("database", name, name, f"DROP DATABASE {name}")


def _role(name: str) -> Beside:
    return Beside("role", name, name, f"DROP ROLE {name}")


def test_a_database_that_files_make_is_dropped_in_silence_and_roles_stay() -> None:
    server = Server("theirs")
    with watched_history("CREATE DATABASE made; CREATE ROLE app", server.list, server.run):
        server.things += [_database("made"), _database("meanwhile"), _role("app")]
    assert server.ran == ["DROP DATABASE made"]


def test_it_is_dropped_too_where_the_files_fail() -> None:
    server = Server()

    def fail() -> None:
        server.things.append(_database("made"))
        raise KeyError

    with pytest.raises(KeyError), watched_history("CREATE DATABASE made", server.list, server.run):
        fail()
    assert server.ran == ["DROP DATABASE made"]


def test_one_that_cannot_be_dropped_is_named() -> None:
    server = Server()
    server.refuses = True
    with (
        pytest.raises(Unsupported, match="database made \\(still there on the dev server"),
        watched_history("CREATE DATABASE made", server.list, server.run),
    ):
        server.things.append(_database("made"))


@pytest.mark.parametrize("sql", ["DROP DATABASE theirs", "ALTER DATABASE theirs CHARACTER SET utf8mb4"])
def test_a_database_that_was_there_is_not_changed(sql: str) -> None:
    server = Server("theirs")
    with (
        pytest.raises(PolicyRefused, match="was on the dev server before"),
        watched_history(sql, server.list, server.run),
    ):
        pytest.fail("the files ran")
    assert server.ran == []


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("INSERT INTO o.t VALUES ('s3cret')", "INSERT INTO o.t VALUES"),
        ('UPDATE o.t SET a = "s3cret"', "UPDATE o.t SET a"),
        ("DROP TABLE\n  o.t", "DROP TABLE o.t"),
    ],
)
def test_a_statement_is_shown_up_to_its_first_value(statement: str, shown: str) -> None:
    assert short(statement) == shown


@pytest.mark.parametrize(
    "hiding",
    ["SELECT 1--1; ", "# don't\n", "# all of /* and\n", "SELECT 'it''s', \"a\"; ", "/*! */ "],
)
def test_no_way_of_writing_hides_what_follows_from_mysql(hiding: str) -> None:
    assert "DROP TABLE b.t" in without_comments(
        f"{hiding}DROP TABLE b.t; SELECT 'x'", literals=False, notation=MYSQL
    )


def test_who_made_a_thing_is_found_soon_in_a_text_that_says_create_often() -> None:
    server, begun_s = Server(), time.process_time()
    with watched_history("create user " * 20_000, server.list, server.run):
        server.things.append(_database("made"))
    assert server.ran == []
    assert time.process_time() - begun_s < 3
