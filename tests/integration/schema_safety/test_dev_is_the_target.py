"""A dev URL that leads to the target, by whatever name, is refused, and the target is as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.cli.conftest import Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

REFUSED = "Error: the dev database is the target itself"
STATE = "CREATE TABLE t (a int);"


def applied(atlas: Shell, url: str, dev: str) -> tuple[int, str]:
    (atlas.folder / "s.sql").write_text(STATE)
    answer = atlas("schema", "apply", "-u", url, "--dev-url", dev, "--to", "file://s.sql", "--auto-approve")
    return answer.code, answer.err


@pytest.mark.parametrize("dev_query", ["&search_path=public", "&search_path=other", ""])
def test_postgres_is_known_by_another_name(
    atlas: Shell, postgres: PostgresServer, postgres_url: str, dev_query: str
) -> None:
    postgres.query(postgres_url.rpartition("/")[2].partition("?")[0], "CREATE SCHEMA other")
    url, dev = (
        f"{postgres_url}&search_path=public",
        postgres_url.replace("127.0.0.1", "localhost") + dev_query,
    )
    code, err = applied(atlas, url, dev)
    assert code == 1
    assert err.startswith(REFUSED)


def test_another_database_of_the_same_server_is_another(
    atlas: Shell, postgres: PostgresServer, postgres_url: str
) -> None:
    assert applied(atlas, f"{postgres_url}&search_path=public", postgres.url()) == (0, "")


def test_mariadb_is_known_by_another_name(atlas: Shell, mariadb: MariaDBServer, mariadb_url: str) -> None:
    code, err = applied(atlas, mariadb_url, mariadb_url.replace("127.0.0.1", "localhost"))
    assert code == 1
    assert err.startswith(REFUSED)
    assert applied(atlas, mariadb_url, mariadb.url()) == (0, "")


def test_all_of_a_mariadb_server_has_no_dev_database_on_itself(atlas: Shell, mariadb: MariaDBServer) -> None:
    code, err = applied(atlas, mariadb.url(), mariadb.url())
    assert code == 1
    assert err.startswith(REFUSED)


@pytest.fixture
def poor(postgres: PostgresServer, postgres_url: str) -> Iterator[str]:
    """A URL of a role that owns the empty database, and makes no other."""
    name = postgres_url.rpartition("/")[2].partition("?")[0]
    postgres.query(
        "postgres", f"CREATE ROLE poor_owner LOGIN PASSWORD 'p'; ALTER DATABASE {name} OWNER TO poor_owner"
    )
    postgres.query(name, "ALTER SCHEMA public OWNER TO poor_owner")
    yield f"postgres://poor_owner:p@{postgres_url.partition('@')[2]}&search_path=public"
    postgres.query("postgres", f"ALTER DATABASE {name} OWNER TO {postgres.user}")
    postgres.query(name, f"REASSIGN OWNED BY poor_owner TO {postgres.user}; DROP OWNED BY poor_owner")
    postgres.query("postgres", "DROP ROLE poor_owner")


def test_an_empty_target_is_no_room_of_its_own(atlas: Shell, poor: str) -> None:
    code, err = applied(atlas, poor, poor)
    assert code == 1
    assert err.startswith(REFUSED)


def test_going_down_does_not_use_its_target_as_dev_database(atlas: Shell, postgres_url: str) -> None:
    folder = atlas.write({"1_a.sql": "CREATE TABLE a (x int);\n"})
    atlas.ok("migrate", "apply", "--dir", folder, "-u", postgres_url)
    answer = atlas("migrate", "down", "--dir", folder, "-u", postgres_url, "--dev-url", postgres_url)
    assert answer.code == 1
    assert answer.err.startswith(REFUSED)


@pytest.mark.parametrize("flags", [("--from", "--to"), ("--to", "--from")])
@pytest.mark.parametrize("kind", ["postgres", "mariadb"])
def test_a_comparison_does_not_use_one_of_its_databases_as_dev_database(
    atlas: Shell, request: pytest.FixtureRequest, kind: str, flags: tuple[str, str]
) -> None:
    """Neither as the current state nor as the desired one."""
    server, url = request.getfixturevalue(kind), request.getfixturevalue(f"{kind}_url")
    bound = f"{url}&search_path=public" if kind == "postgres" else url
    (atlas.folder / "s.sql").write_text(STATE)
    words = ("schema", "diff", flags[0], bound, flags[1], "file://s.sql", "--dev-url")
    answer = atlas(*words, bound.replace("127.0.0.1", "localhost"))
    assert answer.code == 1
    assert answer.err.startswith(REFUSED)
    assert "TABLE" in atlas.ok(*words, server.url())


def test_a_migration_is_not_planned_in_the_database_that_it_leads_to(atlas: Shell, postgres_url: str) -> None:
    folder = atlas.write({})
    answer = atlas("migrate", "diff", "--dir", folder, "--to", postgres_url, "--dev-url", postgres_url)
    assert answer.code == 1
    assert answer.err.startswith(REFUSED)
