"""``migrate down`` over files with a section ``down.sql``: rows come back, wrong ones are found out before they run."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from atlas.drivers import open_driver, run_for_results
from atlas.engine.database_url import parse_database_url

from tests.integration.cli.conftest import Shell

USERS = "CREATE TABLE users (id int);\nINSERT INTO users VALUES (1);\n"
DOWN = "CREATE TABLE users (id int);\nINSERT INTO users VALUES (1);\nDROP TABLE people;\n"


def people(down: str) -> str:
    return (
        "-- atlas:txtar\n\n-- migration.sql --\nCREATE TABLE people (id int);\nDROP TABLE users;\n"
        f"-- down.sql --\n{down}"
    )


@dataclass(frozen=True, slots=True)
class Target:
    atlas: Shell
    url: str
    dev: tuple[str, ...]

    def down(self, *words: str) -> tuple[int, str, str]:
        answer = self.atlas("migrate", "down", "--url", self.url, *self.dev, *words)
        return answer.code, answer.out, answer.err

    def apply(self, second: str, *words: str) -> None:
        self.atlas.write({"1_users.sql": USERS, "2_people.sql": second})
        self.atlas("migrate", "apply", "--url", self.url, *words)

    def ask(self, statement: str) -> list[str | None]:
        database = open_driver(parse_database_url(self.url))
        try:
            return [
                value
                for result in run_for_results(database, statement)
                for row in result.rows
                for value in row
            ]
        finally:
            database.session.close()

    def versions(self) -> list[str | None]:
        return self.ask("SELECT version FROM atlas_schema_revisions ORDER BY version")


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def target(request: pytest.FixtureRequest, atlas: Shell) -> Target:
    if request.param == "sqlite":
        return Target(atlas, f"sqlite://{atlas.folder}/app.db", ())
    url = str(request.getfixturevalue(f"{request.param}_url"))
    server = request.getfixturevalue(request.param)
    dev = server.url(server.create_database())
    if request.param == "postgres":
        url, dev = (f"{each}{'&' if '?' in each else '?'}search_path=public" for each in (url, dev))
    return Target(atlas, url, ("--dev-url", dev))


def test_a_file_is_taken_back_as_it_says_unless_that_drops_rows(target: Target) -> None:
    target.apply(people(DOWN))
    target.ask("INSERT INTO people VALUES (7)")
    code, _, err = target.down()
    assert code == 1
    assert 'table "people" is not empty' in err
    assert target.ask("SELECT id FROM people") == ["7"]
    code, out, err = target.down("--allow-data-loss")
    assert (code, err) == (0, "")
    lines = [f"    -> {statement}\n" for statement in DOWN.removesuffix(";\n").split(";\n")]
    assert f"  -- reverting version 2\n{''.join(lines)}  -- ok" in out
    assert target.ask("SELECT id FROM users") == ["1"]
    assert target.versions() == ["1"]


@pytest.mark.parametrize("target", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("down", "message"),
    [
        ("CREATE TABLE users (id int);\n", "does not lead back to what was there before the file: "),
        ("CREATE TABLE users (id int);\nDROP TABLE persons;\nDROP TABLE people;\n", "persons"),
        (
            "CREATE TABLE users (id int;\n",
            'scanning statements from "2_people.sql": down.sql: 1:20: unclosed',
        ),
    ],
    ids=["not all of it", "what is not there", "no SQL"],
)
def test_what_does_not_lead_back_is_found_out_before_it_runs(target: Target, down: str, message: str) -> None:
    target.apply(people(down))
    code, out, err = target.down()
    assert (code, out) == (1, "")
    assert message in err
    assert target.ask("SELECT count(*) FROM people") == ["0"]
    assert target.versions() == ["1", "2"]


@pytest.mark.parametrize("target", ["sqlite", "mariadb"], indirect=True)
def test_a_file_that_did_not_get_to_its_end_is_taken_back_by_what_is_there(target: Target) -> None:
    broken = people(DOWN).replace("DROP TABLE users;", "DROP TABLE nobody;")
    target.apply(broken, "--tx-mode", "none")
    assert target.versions() == ["1", "2"]
    target.atlas.write({"2_people.sql": people(DOWN)})  # as it is mended afterwards
    code, out, err = target.down()
    assert (code, err) == (0, "")
    assert "DROP TABLE" in out
    assert "INSERT" not in out
    assert (target.ask("SELECT id FROM users"), target.versions()) == (["1"], ["1"])


@pytest.mark.parametrize("target", ["sqlite"], indirect=True)
def test_a_dry_run_shows_what_the_file_says(target: Target) -> None:
    target.apply(people(DOWN))
    code, out, _ = target.down("--dry-run", "--format", "{{ range .Reverted }}{{ len .Applied }}{{ end }}")
    assert (code, out.strip()) == (0, "3")
    assert target.versions() == ["1", "2"]
