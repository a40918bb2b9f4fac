"""Bad input met on real servers: what is said, what is left in the database, and who waits for whom."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from atlas.drivers import open_driver
from atlas.engine.database_url import parse_database_url

from tests.integration.cli.conftest import ATLAS, Shell

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES = {
    "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    "mariadb": "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
}
SLEEPING = {"postgres": "SELECT pg_sleep(3);", "mariadb": "SELECT SLEEP(3);"}
FAILING = (
    "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\nINSERT INTO nope VALUES (1);\n"
    "CREATE TABLE c (id int);\nCREATE TABLE d (id int);\n"
)


@pytest.fixture(params=TABLES)
def server(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{server}_url"))


def tables(server: str, url: str) -> set[str]:
    session = open_driver(parse_database_url(url)).session
    try:
        return {str(row[0]) for row in session.query(TABLES[server]) or ()} - {"atlas_schema_revisions"}
    finally:
        session.close()


@pytest.mark.parametrize("mode", ["file", "all", "none"])
def test_sql_that_fails_in_statement_3_of_5(atlas: Shell, server: str, url: str, mode: str) -> None:
    atlas.write({"1_a.sql": FAILING})
    answer = atlas("migrate", "apply", "--url", url, "--tx-mode", mode)
    assert answer.code == 1
    assert 'executing statement "INSERT INTO nope VALUES (1);" from version "1": ' in answer.err
    assert "nope" in answer.err.partition('"1": ')[2]
    assert "  -- 1 migration with errors\n  -- 2 sql statements ok, 1 with errors\n" in answer.out
    status = atlas.ok("migrate", "status", "--url", url)
    if server == "postgres" and mode != "none":
        assert tables(server, url) == set()
        assert "No migration applied yet" in status
    else:
        assert tables(server, url) == {"a", "b"}
        assert "  -- Current Version: 1 (2 statements applied)\n" in status
        assert "Last migration attempt had errors:\n  -- SQL:   INSERT INTO nope VALUES (1);\n" in status


def test_a_failed_file_goes_on_once_it_is_mended(atlas: Shell, server: str, url: str) -> None:
    atlas.write({"1_a.sql": FAILING})
    atlas("migrate", "apply", "--url", url, "--tx-mode", "none")
    atlas.write({"1_a.sql": FAILING.replace("INSERT INTO nope", "INSERT INTO a")})
    atlas.ok("migrate", "apply", "--url", url)
    assert tables(server, url) == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    "content", ["CREATE TABLE a (\r\n id int\r\n);\r\n", "\ufeffCREATE TABLE a (id int);\n"]
)
def test_files_of_other_editors_run(atlas: Shell, server: str, url: str, content: str) -> None:
    atlas.write({"1_a.sql": content})
    atlas.ok("migrate", "apply", "--url", url)
    assert tables(server, url) == {"a"}


def test_a_nul_character_runs_nothing_behind_it(atlas: Shell, server: str, url: str) -> None:
    atlas.write({"1_a.sql": "CREATE TABLE a \0(id int);\nCREATE TABLE b (id int);\n"})
    answer = atlas("migrate", "apply", "--url", url)
    assert (answer.code, tables(server, url)) == (1, set())
    assert 'from version "1"' in answer.err


def test_an_error_of_thousands_of_lines_is_shown_whole(atlas: Shell, url: str) -> None:
    atlas.write({"1_a.sql": "SELECT 1,\n" + "  2,\n" * 3000 + "  nope FROM nope;\n"})
    answer = atlas("migrate", "apply", "--url", url)
    assert answer.code == 1
    assert answer.out.count("\n         2,") == 3000
    assert answer.err.count("\n") == 1


def test_a_second_run_waits_or_fails_in_words(atlas: Shell, server: str, url: str) -> None:
    atlas.write({"1_a.sql": f"CREATE TABLE a (id int);\n{SLEEPING[server]}\n"})
    command = [str(ATLAS), "migrate", "apply", "--url", url]
    environ = {**atlas.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=atlas.folder, env=environ, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        first.stdout.readline()  # the lock is held
        hurried = atlas("migrate", "apply", "--url", url, "--lock-timeout", "100ms")
        assert hurried.code == 1
        assert hurried.err.startswith(
            "Error: acquiring database lock: sql/schema: lock is held by other session"
        )
        assert "atlas_migrate_execute" in hurried.err
        assert atlas("migrate", "set", "1", "--url", url).code == 1
        assert atlas.ok("migrate", "apply", "--url", url, "--lock-timeout", "60s") == (
            "No migration files to execute\n"
        )
        assert first.wait(60) == 0


def broken(url: str) -> Mapping[str, tuple[str, str]]:
    """URLs that do not work, each with what its error must say; the password is always ``canary-pw``."""
    parts = urlsplit(url)
    address = parts.netloc.rpartition("@")[2]
    own, other = f"{parts.scheme}://atlas:canary-pw@{address}{parts.path}", f"{parts.scheme}://u:canary-pw@"
    return {
        "wrong password": (own, "atlas"),
        "no server": (f"{other}127.0.0.1:1/x", "127.0.0.1:1: connect: connection refused"),
        "no host": (f"{other}nosuch.invalid/x", "lookup nosuch.invalid: no such host"),
        "port": (f"{other}127.0.0.1:99999/x", "expected a number up to 65535"),
        "hash": (f"{parts.scheme}://u:canary-pw#x@127.0.0.1:1/x", "percent-encode"),
        "space": (f"{parts.scheme}://u:canary-pw x@127.0.0.1:1/x", "a space is %20"),
        "escape": (f"{parts.scheme}://u:canary-pw%zz@127.0.0.1:1/x", "is written %25"),
        "key": (f"{url}{'&' if '?' in url else '?'}bogus_key=1", "bogus_key"),
    }


@pytest.mark.parametrize(
    "name", ["wrong password", "no server", "no host", "port", "hash", "space", "escape", "key"]
)
@pytest.mark.parametrize("command", ["apply", "status", "set 1"])
def test_an_address_that_does_not_work(atlas: Shell, url: str, name: str, command: str) -> None:
    atlas.write({"1_a.sql": "SELECT 1;\n"})
    address, words = broken(url)[name]
    answer = atlas("migrate", *command.split(), "--url", address)
    assert (answer.code, answer.out) == (1, "")
    assert words in answer.err
    assert "canary" not in answer.err
