"""``migrate test`` and ``schema plan test`` from outside: files and plans run on rows, on each kind of database."""

from __future__ import annotations

import pytest

from tests.integration.cli.cases.conftest import DUPLICATE, SCHEMA, Bench, lines


def test_a_directory_is_applied_as_a_real_run_would_and_its_data_migrations_are_seen(bench: Bench) -> None:
    answer = bench.migrate(
        """\
test "migrate" "first names" {
  migrate {
    to = "1"
  }
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'ada')" }
  migrate {
    to = "2"
  }
  migrate {
    to = 2
  }
  exec {
    sql    = "SELECT name, first_name FROM users"
    output = "ada,ADA"
  }
  exec {
    sql    = "SELECT version, applied, total FROM atlas_schema_revisions WHERE version < '3' ORDER BY version"
    output = "1, 1, 1\\n2, 2, 2"
  }
}
test "migrate" "nothing is left of it" {
  catch { sql = "SELECT * FROM users" }
  migrate {
    to = "1"
  }
  exec {
    sql    = "SELECT count(*) FROM users"
    output = "0"
  }
}
"""
    )
    assert lines(answer) == ["-- PASS: first names", "-- PASS: nothing is left of it", "PASS"], answer.out
    assert not bench.rooms()


def test_a_file_that_is_refused_fails_its_case_with_the_words_of_the_server(bench: Bench) -> None:
    answer = bench.migrate(
        """\
test "migrate" "broken" {
  migrate { to = "2" }
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'once')" }
  migrate { to = "3" }
}
test "migrate" "back" {
  migrate { to = "2" }
  migrate { to = "1" }
}
test "migrate" "nowhere" {
  migrate { to = "4" }
}
"""
    )
    found = lines(answer)
    assert answer.code == 1
    assert found[0] == "-- FAIL: broken"
    assert found[1].startswith("    m.test.hcl:4: migrate to 3: 3_broken.sql: ")
    assert DUPLICATE[bench.dialect] in answer.out
    assert "    m.test.hcl:8: migrate to 1: the case is at version 2 already" in answer.out
    assert '    m.test.hcl:11: migrate to 4: sql/migrate: migration with version "4" not found' in answer.out
    assert not bench.rooms()


def test_a_test_of_one_kind_is_left_alone_by_the_command_of_the_other(bench: Bench) -> None:
    both = """\
test "schema" "of a schema" {
  exec { sql = "SELECT 1" }
}
test "migrate" "of a directory" {
  migrate { to = "1" }
}
"""
    assert lines(bench.schema(both)) == ["-- PASS: of a schema", "PASS"]
    assert lines(bench.migrate(both)) == ["-- PASS: of a directory", "PASS"]


@pytest.mark.parametrize("bench", ["postgres", "mariadb"], indirect=True)
def test_files_may_make_users_and_a_case_has_to_take_its_own_away(bench: Bench) -> None:
    made = {"postgres": "CREATE ROLE case_reader", "mariadb": "CREATE USER case_reader"}[bench.dialect]
    gone = {"postgres": "DROP ROLE case_reader", "mariadb": "DROP USER case_reader"}[bench.dialect]
    files = {
        "1_users.sql": f"CREATE TABLE users (id integer);\n{made};\nGRANT SELECT ON users TO case_reader;\n"
    }
    cases = """\
test "migrate" "first" {
  migrate { to = "1" }
}
test "migrate" "second" {
  migrate { to = "1" }
}
"""
    assert lines(bench.migrate(cases, files=files)) == ["-- PASS: first", "-- PASS: second", "PASS"]
    answer = bench.schema(
        f"""\
test "schema" "tidy" {{
  exec {{ sql = "{made}" }}
  cleanup {{ sql = "{gone}" }}
}}
test "schema" "untidy" {{
  exec {{ sql = "{made}" }}
}}
test "schema" "after it" {{
  catch {{ sql = "{gone}" }}
}}
"""
    )
    found = lines(answer)
    assert [line for line in found if not line.startswith("    ")] == [
        "-- PASS: tidy",
        "-- FAIL: untidy",
        "-- PASS: after it",
        "FAIL",
    ]
    assert "case_reader" in found[2]


PLAN = """\
test "plan" "full names" {
  schema {
    url = "file://before.sql"
  }
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'Ada')" }
  apply {
    url = "file://full_names.plan.hcl"
  }
  exec {
    sql    = "SELECT name, full_name FROM users"
    output = "Ada, ADA"
  }
}
test "plan" "from another state" {
  schema { url = "file://other.sql" }
  apply { url = "file://full_names.plan.hcl" }
}
test "plan" "twice" {
  schema { url = "file://before.sql" }
  schema { url = "file://before.sql" }
}
test "plan" "nowhere" {
  schema { url = "file://before.sql" }
  apply { url = "file://missing.plan.hcl" }
}
"""


def test_a_plan_is_run_on_rows_and_only_on_the_state_that_it_was_made_for(bench: Bench) -> None:
    folder = bench.shell.folder
    (folder / "before.sql").write_text(SCHEMA)
    (folder / "other.sql").write_text(f"{SCHEMA}CREATE TABLE more (id integer PRIMARY KEY);\n")
    after = SCHEMA.replace("NOT NULL);", "NOT NULL, full_name varchar(50));")
    (folder / "after.sql").write_text(after)
    made = bench.shell.ok(
        *("schema", "plan", "--from", "file://before.sql", "--to", "file://after.sql"),
        *("--dev-url", bench.dev, "--name", "full_names", "--save", "--auto-approve"),
    )
    plan = folder / "full_names.plan.hcl"
    assert plan.exists(), made
    head, _, tail = plan.read_text().partition("<<-SQL\n")
    end = tail.rindex("\n  SQL")
    statements = f"{tail[:end]}\n  UPDATE users SET full_name = upper(name);"
    plan.write_text(f"{head}<<-SQL\n{statements}{tail[end:]}")
    (folder / "plan.test.hcl").write_text(PLAN)
    answer = bench.shell("schema", "plan", "test", "--dev-url", bench.dev, "plan.test.hcl")
    found = lines(answer)
    assert [line for line in found if line.startswith("-- ")] == [
        "-- PASS: full names",
        "-- FAIL: from another state",
        "-- FAIL: twice",
        "-- FAIL: nowhere",
    ], answer.out + answer.err
    assert (answer.code, answer.err) == (1, "")
    assert "leads from another state" in answer.out
    assert "    plan.test.hcl:20: schema file://before.sql: the room is not empty" in answer.out
    assert "    plan.test.hcl:24: apply file://missing.plan.hcl: " in answer.out
    assert not bench.rooms()
