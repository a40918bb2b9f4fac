"""Checks before migration files, on every database: text, documents, what is left, and going on afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from atlas.drivers import open_driver, run_for_results
from atlas.engine.database_url import parse_database_url

from tests.integration.cli.conftest import Shell

USERS = "CREATE TABLE users (id int);\nINSERT INTO users VALUES (1);\n"
DROP = """\
-- atlas:txtar

-- checks/users.sql --
SELECT EXISTS (SELECT 1 FROM users);
SELECT NOT EXISTS (SELECT 1 FROM users WHERE id = 1);

-- checks/more.sql --
-- atlas:assert oneof

SELECT 1 = 2;
SELECT 1 = 1;

-- migration.sql --
-- drop "users" table
DROP TABLE users;
CREATE TABLE people (id int);
"""
FILES = {"1_users.sql": USERS, "2_people.sql": DROP}
FAILED = (
    "1 of 2 checks failed (all have to be true): "
    '"SELECT NOT EXISTS (SELECT 1 FROM users WHERE id = 1);": returned false'
)

Query = Callable[[str], list[str]]


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def url(request: pytest.FixtureRequest, atlas: Shell) -> str:
    if request.param == "sqlite":
        return f"sqlite://{atlas.folder}/app.db"
    return bound(str(request.getfixturevalue(f"{request.param}_url")))


def bound(url: str) -> str:
    """The URL of one schema, so that the revisions table lies beside the tables."""
    if not url.startswith("postgres"):
        return url
    return f"{url}{'&' if '?' in url else '?'}search_path=public"


@pytest.fixture
def query(url: str) -> Query:
    def ask(statement: str) -> list[str]:
        database = open_driver(parse_database_url(url))
        try:
            results = run_for_results(database, statement)
            return [str(value) for result in results for row in result.rows for value in row]
        finally:
            database.session.close()

    return ask


def without_times(text: str) -> str:
    return re.sub(r"\d+(\.\d+)?(µs|ms|s)\b", "T", text)


@pytest.mark.parametrize("mode", ["file", "none"])
def test_a_check_stops_its_file_and_lets_it_run_once_it_holds(
    atlas: Shell, url: str, query: Query, mode: str
) -> None:
    directory = atlas.write(FILES)
    words = ("migrate", "apply", "--url", url, "--dir", directory, "--tx-mode", mode)
    answer = atlas(*words)
    assert answer.code == 1
    assert answer.err == (
        f'Error: checks before version "2" did not hold (checks/users.sql of file "2_people.sql"): {FAILED}; nothing '
        "of the file was run. Make them true and run again, or change the file where the check is wrong\n"
    )
    assert query("SELECT count(*) FROM users") == ["1"]
    query("UPDATE users SET id = 2")
    out = without_times(atlas.ok(*words))
    assert out == (
        "Migrating to version 2 from 1 (1 migrations in total):\n"
        "\n"
        "  -- checks before migrating version 2\n"
        "    -> SELECT EXISTS (SELECT 1 FROM users);\n"
        "    -> SELECT NOT EXISTS (SELECT 1 FROM users WHERE id = 1);\n"
        "  -- ok (T)\n"
        "\n"
        "  -- checks before migrating version 2\n"
        "    -> SELECT 1 = 2;\n"
        "    -> SELECT 1 = 1;\n"
        "  -- ok (T)\n"
        "\n"
        "  -- migrating version 2\n"
        "    -> DROP TABLE users;\n"
        "    -> CREATE TABLE people (id int);\n"
        "  -- ok (T)\n"
        "\n"
        "  -------------------------\n"
        "  -- T\n"
        "  -- 1 migration\n"
        "  -- 4 checks\n"
        "  -- 2 sql statements\n"
    )
    assert query("SELECT applied FROM atlas_schema_revisions WHERE version = '2'") == ["2"]


def test_the_text_and_the_document_of_a_check_that_failed(atlas: Shell, url: str) -> None:
    directory = atlas.write(FILES)
    answer = atlas("migrate", "apply", "--url", url, "--dir", directory)
    assert without_times(answer.out).partition("  -- checks")[2] == (
        " before migrating version 2\n"
        "    -> SELECT EXISTS (SELECT 1 FROM users);\n"
        "    -> SELECT NOT EXISTS (SELECT 1 FROM users WHERE id = 1);\n"
        f"    {FAILED}\n"
        "\n"
        "  -------------------------\n"
        "  -- T\n"
        "  -- 1 migration ok, 1 with errors\n"
        "  -- 1 check ok, 1 failure\n"
        "  -- 2 sql statements\n"
    )
    answer = atlas("migrate", "apply", "--url", url, "--dir", directory, "--format", "{{ json . }}")
    document = json.loads(answer.out)
    assert (answer.code, answer.err) == (1, "")
    assert document["Error"].startswith('checks before version "2" did not hold')
    (applied,) = document["Applied"]
    failed = {"Stmt": "SELECT NOT EXISTS (SELECT 1 FROM users WHERE id = 1);", "Text": FAILED}
    (section,) = applied["Checks"]
    assert (applied["Applied"], applied["Error"], section["Error"]) == ([], failed, failed)
    assert section["Name"] == "checks/users.sql"
    assert section["Stmts"] == [
        {"Stmt": "SELECT EXISTS (SELECT 1 FROM users);"},
        {"Stmt": failed["Stmt"], "Error": "returned false"},
    ]
    assert section["Start"] <= section["End"]


def test_a_check_that_cannot_be_asked_has_the_words_of_the_server(
    atlas: Shell, url: str, query: Query
) -> None:
    broken = DROP.replace("SELECT 1 = 2;", "SELECT lost FROM users;")
    directory = atlas.write(
        {
            "1_users.sql": "CREATE TABLE users (id int);\n",
            "2_people.sql": broken.replace(
                "EXISTS (SELECT 1 FROM users)", "NOT EXISTS (SELECT 1 FROM users)", 1
            ),
        }
    )
    answer = atlas("migrate", "apply", "--url", url, "--dir", directory)
    assert answer.code == 1
    assert (
        '1 of 2 checks failed (one has to be true, and none may fail): "SELECT lost FROM users;": '
        in answer.err
    )
    assert "lost" in answer.err.rpartition("SELECT lost FROM users;")[2]
    assert query("SELECT count(*) FROM users") == ["0"]


def test_a_dry_run_asks_for_its_first_file_and_a_status_for_none(atlas: Shell, url: str) -> None:
    directory = atlas.write(FILES)
    out = atlas.ok("migrate", "apply", "--url", url, "--dir", directory, "--dry-run")
    assert "  -- checks before migrating version 2\n" in out
    assert out.count("  -- not asked in a dry run: the files before it have not run\n") == 2
    assert "check" not in out.rpartition("-----")[2]
    assert "Pending Files:   2" in atlas.ok("migrate", "status", "--url", url, "--dir", directory)


def test_a_dry_run_says_that_a_check_would_fail_now_and_ends_as_the_run_would(
    atlas: Shell, url: str, query: Query
) -> None:
    directory = atlas.write(FILES | {"3_pets.sql": "CREATE TABLE pets (id int);\n"})
    atlas.ok("migrate", "apply", "1", "--url", url, "--dir", directory)
    words = ("migrate", "apply", "--url", url, "--dir", directory)

    tried, done = atlas(*words, "--dry-run"), atlas(*words)

    assert (tried.code, tried.err) == (1, done.err)
    assert without_times(tried.out) == without_times(done.out)
    assert "version 3" not in tried.out.partition("\n")[2]
    query("UPDATE users SET id = 2")
    held = without_times(atlas.ok(*words, "--dry-run"))
    assert "  -- 4 checks\n" in held
    assert "  -- migrating version 3\n" in held
    assert query("SELECT count(*) FROM users") == ["1"]
    assert "Pending Files:   2" in atlas.ok("migrate", "status", "--url", url, "--dir", directory)


def test_a_dry_run_leaves_no_lock_that_a_check_took(atlas: Shell, url: str, query: Query) -> None:
    locks = {"postgres": "SELECT pg_try_advisory_lock(77)", "sqlite": "SELECT 1"}
    lock = locks.get(url.partition(":")[0], "SELECT GET_LOCK('check', 0)")
    file = (
        f"-- atlas:txtar\n\n-- checks.sql --\n{lock};\n\n-- migration.sql --\nCREATE TABLE people (id int);\n"
    )
    directory = atlas.write({"1_people.sql": file})
    atlas.ok("migrate", "apply", "--url", url, "--dir", directory, "--dry-run")
    assert query(lock) in (["true"], ["1"])


def test_a_section_that_means_nothing_is_refused_before_anything_runs(atlas: Shell, url: str) -> None:
    directory = atlas.write(FILES | {"3_more.sql": DROP.replace('-- drop "users" table', "-- drop users --")})
    answer = atlas("migrate", "apply", "--url", url, "--dir", directory)
    assert (answer.code, answer.out) == (1, "")
    assert 'file "3_more.sql" has a section "drop users", which means nothing' in answer.err
