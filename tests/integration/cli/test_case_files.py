"""``schema test`` and ``migrate test`` from outside, on each kind of database: verdicts, rooms, and what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from tests.integration.cli.conftest import ATLAS, Answer, Shell
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer

SCHEMA = """\
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, name varchar(50) NOT NULL);
CREATE VIEW names AS SELECT name FROM users;
"""
MIGRATIONS = {
    "1_users.sql": "CREATE TABLE users (id integer NOT NULL PRIMARY KEY, name varchar(50) NOT NULL);\n",
    "2_first.sql": (
        "ALTER TABLE users ADD COLUMN first_name varchar(50);\nUPDATE users SET first_name = upper(name);\n"
    ),
    "3_broken.sql": "CREATE TABLE fine (id integer);\nINSERT INTO users (id, name) VALUES (1, 'twice');\n",
}
DUPLICATE = {
    "sqlite": "UNIQUE constraint failed: users.id",
    "postgres": 'duplicate key value violates unique constraint "users_pkey" (23505)',
    "mariadb": "Duplicate entry",
}
LONG = {
    "sqlite": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
    "postgres": "SELECT pg_sleep(60)",
    "mariadb": "SELECT SLEEP(60) FROM users",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """A shell with a schema, a directory, and a dev database of one kind."""

    dialect: str
    dev: str
    shell: Shell
    server: PostgresServer | MariaDBServer | None = None
    before: frozenset[str] = frozenset()

    def schema(self, cases: str, *words: str, **environ: str) -> Answer:
        (self.shell.folder / "schema.sql").write_text(SCHEMA)
        (self.shell.folder / "s.test.hcl").write_text(cases)
        return self.shell(
            *("schema", "test", "--url", "file://schema.sql", "--dev-url", self.dev, "s.test.hcl", *words),
            **environ,
        )

    def migrate(self, cases: str, *words: str, files: Mapping[str, str] = MIGRATIONS) -> Answer:
        self.shell.write(files)
        (self.shell.folder / "m.test.hcl").write_text(cases)
        return self.shell("migrate", "test", "--dev-url", self.dev, "m.test.hcl", *words)

    def rooms(self) -> list[str]:
        """Rooms that are there now, and were not when the test began: another test kills a command."""
        match self.server:
            case PostgresServer():
                rows = self.server.query("postgres", "SELECT datname FROM pg_database")
            case MariaDBServer():
                rows = self.server.query("mysql", "SELECT schema_name FROM information_schema.schemata")
            case _:
                return []
        names = {str(name) for (name,) in rows if str(name).startswith("atlas_dev_")}
        return sorted(names - self.before)


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def bench(request: pytest.FixtureRequest, atlas: Shell) -> Bench:
    kind: str = request.param
    if kind == "sqlite":
        return Bench(kind, "sqlite://dev?mode=memory", atlas)
    url: str = request.getfixturevalue(f"{kind}_url")
    server = request.getfixturevalue(kind)
    found = Bench(kind, f"{url}&search_path=public" if kind == "postgres" else url, atlas, server)
    return replace(found, before=frozenset(found.rooms()))


def lines(answer: Answer) -> list[str]:
    """The report without its durations."""
    return [line.partition(" (")[0] if line.startswith("-- ") else line for line in answer.out.splitlines()]


def test_a_case_that_holds_passes_and_tells_what_it_logs(bench: Bench) -> None:
    answer = bench.schema(
        """\
test "schema" "seeded" {
  exec {
    sql = <<-SQL
      INSERT INTO users (id, name) VALUES (1, 'Ada');
      INSERT INTO users (id, name) VALUES (2, 'Bob, Jr.');
    SQL
  }
  log {
    message = "two of them"
  }
  exec {
    sql    = "SELECT id, name, NULL AS unset FROM users ORDER BY id"
    output = "1, Ada, NULL\\n2, \\"Bob, Jr.\\", NULL"
  }
  exec {
    sql    = "SELECT id, name FROM users ORDER BY id"
    format = table
    output = <<TAB
 id |   name
----+----------
 1  | Ada
 2  | Bob, Jr.
TAB
  }
  exec {
    sql   = "SELECT name FROM names"
    match = "^A.a$|Ada"
  }
  assert {
    sql = "SELECT count(*) = 2 FROM names"
  }
}
"""
    )
    assert answer.code == 0, answer.out + answer.err
    assert lines(answer) == ["-- PASS: seeded", "    s.test.hcl:8: two of them", "PASS"]
    assert not bench.rooms()


def test_a_case_that_fails_shows_statement_expectation_and_answer_and_the_exit_code_is_1(
    bench: Bench,
) -> None:
    answer = bench.schema(
        """\
test "schema" "wrong" {
  exec {
    sql    = "SELECT 'x' AS a"
    output = "y"
  }
  exec {
    sql = "DROP TABLE users"
  }
}
test "schema" "after it" {
  exec {
    sql    = "SELECT count(*) FROM users"
    output = "0"
  }
}
"""
    )
    assert (answer.code, answer.err) == (1, "")
    assert lines(answer) == [
        "-- FAIL: wrong",
        "    s.test.hcl:2: exec: not as expected",
        "        SELECT 'x' AS a",
        "        expected:",
        "            y",
        "        actual:",
        "            x",
        "-- PASS: after it",
        "FAIL",
    ]
    assert not bench.rooms()


def test_what_one_case_writes_no_other_sees_and_a_refusal_ends_its_case(bench: Bench) -> None:
    answer = bench.schema(
        """\
test "schema" "first" {
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'Ada')" }
  exec { sql = "CREATE TABLE mine (a integer)" }
  exec { sql = "SELECT a FROM nowhere" }
  log { message = "never told" }
}
test "schema" "second" {
  exec {
    sql    = "SELECT count(*) FROM users"
    output = "0"
  }
  catch { sql = "SELECT * FROM mine" }
}
"""
    )
    assert lines(answer)[0] == "-- FAIL: first"
    assert lines(answer)[1].startswith("    s.test.hcl:4: exec: ")
    assert "nowhere" in lines(answer)[1]
    assert lines(answer)[2:] == ["        SELECT a FROM nowhere", "-- PASS: second", "FAIL"]


def test_catch_wants_an_error_and_the_words_that_are_given(bench: Bench) -> None:
    twice = "INSERT INTO users (id, name) VALUES (1, 'a'); INSERT INTO users (id, name) VALUES (1, 'b')"
    words = DUPLICATE[bench.dialect].replace('"', '\\"')
    answer = bench.schema(
        f"""\
test "schema" "caught" {{
  catch {{
    sql   = "{twice}"
    error = "{words}"
  }}
}}
test "schema" "another error" {{
  catch {{
    sql   = "{twice}"
    error = "no such thing"
  }}
}}
test "schema" "no error" {{
  catch {{ sql = "SELECT 1" }}
}}
"""
    )
    assert [line for line in lines(answer) if line.startswith("-- ")] == [
        "-- PASS: caught",
        "-- FAIL: another error",
        "-- FAIL: no error",
    ]
    assert "        expected: no such thing" in lines(answer)
    assert "    s.test.hcl:14: catch: expected an error, and there was none" in lines(answer)


def test_an_assertion_that_does_not_hold_is_told_in_the_words_of_its_author(bench: Bench) -> None:
    answer = bench.schema(
        """\
test "schema" "false" {
  assert {
    sql           = "SELECT count(*) > 0 FROM users"
    error_message = "nobody is there"
  }
}
test "schema" "no row" {
  assert { sql = "SELECT 1 FROM users" }
}
test "schema" "many" {
  assert { sql = "SELECT 1 UNION ALL SELECT 1" }
}
"""
    )
    found = lines(answer)
    assert found[:2] == ["-- FAIL: false", "    s.test.hcl:2: nobody is there: not as expected"]
    assert [line for line in found if line.startswith("-- ")] == [
        "-- FAIL: false",
        "-- FAIL: no row",
        "-- FAIL: many",
    ]


def test_cleanups_run_whatever_happened_and_the_last_one_first(bench: Bench) -> None:
    answer = bench.schema(
        """\
test "schema" "left a transaction open" {
  cleanup { sql = "SELECT a FROM first_cleanup" }
  cleanup { sql = "SELECT a FROM second_cleanup" }
  exec { sql = "BEGIN; INSERT INTO users (id, name) VALUES (1, 'a')" }
  exec { sql = "SELECT a FROM broken" }
}
test "schema" "clean" {
  cleanup { sql = "DELETE FROM users" }
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'a')" }
}
"""
    )
    heads = [
        line.partition(": ")[0] + (": " + line.split(": ")[1]) for line in lines(answer) if ".hcl:" in line
    ]
    assert heads == ["    s.test.hcl:5: exec", "    s.test.hcl:3: cleanup", "    s.test.hcl:2: cleanup"]
    assert "-- PASS: clean" in lines(answer)


def test_rounds_of_for_each_have_names_of_their_own_and_skipped_cases_are_told(bench: Bench) -> None:
    cases = """\
locals {
  words = ["hello", "world"]
}
test "schema" "upper" {
  for_each = [for word in local.words : { input = word, expected = upper(word) }]
  exec {
    sql    = "SELECT upper('${each.value.input}')"
    output = each.value.expected
  }
}
test "schema" "named" {
  for_each = { a = 1, b = 2 }
  skip     = each.value == 2
  parallel = true
  exec {
    sql    = "SELECT '${each.key}${each.value}'"
    output = "a1"
  }
}
"""
    answer = bench.schema(cases)
    assert lines(answer) == [
        "-- PASS: upper/1",
        "-- PASS: upper/2",
        "-- PASS: named/a",
        "-- SKIP: named/b",
        "PASS",
    ]
    assert lines(bench.schema(cases, "--run", "^upper/[2-9]")) == ["-- PASS: upper/2", "PASS"]
    nothing = bench.schema(cases, "--run", "lower")
    assert nothing.code == 1
    assert '--run "lower" has no match among 4' in nothing.err


def test_variables_come_from_the_command_line_then_from_the_env(bench: Bench) -> None:
    (bench.shell.folder / "atlas.hcl").write_text(
        f"""\
env "local" {{
  src = "file://schema.sql"
  dev = "{bench.dev}"
  test {{
    schema {{
      src  = ["s.test.hcl"]
      vars = {{ who = "env", age = 7 }}
    }}
  }}
}}
"""
    )
    cases = """\
variable "who" {
  type = string
}
variable "age" {
  type    = number
  default = 1
}
test "schema" "who" {
  log { message = "${var.who} ${var.age + 1}" }
}
"""
    missing = bench.schema(cases)
    assert missing.code == 1
    assert 'missing value for required variable "who"' in missing.err
    said = bench.shell.ok("schema", "test", "--env", "local")
    assert "    s.test.hcl:9: env 8" in said
    said = bench.shell.ok("schema", "test", "--env", "local", "--var", "who=me", ".")
    assert "    s.test.hcl:9: me 8" in said


def test_programs_run_only_when_somebody_allows_it_and_reach_the_room_of_the_case(bench: Bench) -> None:
    program = bench.shell.folder / "seed.py"
    program.write_text(
        "import subprocess, sys\n"
        f"done = subprocess.run([{str(ATLAS)!r}, 'schema', 'inspect', '--url', sys.argv[1]], "
        "capture_output=True, text=True, check=True)\n"
        "print('seen', 'table \"users\"' in done.stdout)\n"
    )
    cases = f"""\
test "schema" "program" {{
  external {{
    program = ["{sys.executable}", "seed.py", testing.dev_url]
    output  = "seen True"
  }}
}}
test "schema" "fails" {{
  external {{
    program = ["sh", "-c", "echo \\"$0\\" >&2; exit 3", testing.dev_url]
  }}
}}
"""
    refused = bench.schema(cases)
    assert (refused.code, refused.out) == (1, "")
    assert "--allow-programs" in refused.err
    assert "ATLAS_ALLOW_PROGRAMS=1" in refused.err
    for answer in (bench.schema(cases, "--allow-programs"), bench.schema(cases, ATLAS_ALLOW_PROGRAMS="1")):
        assert [line for line in lines(answer) if line.startswith("-- ")] == [
            "-- PASS: program",
            "-- FAIL: fails",
        ]
        assert "    s.test.hcl:8: external: the program ended with 3" in lines(answer)
        password = bench.dev.partition("@")[0].rpartition(":")[2]
        assert bench.dialect == "sqlite" or password not in answer.out


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_killed_does_not_stand_in_the_way_of_the_next(
    bench: Bench, number: signal.Signals
) -> None:
    cases = """\
test "schema" "short" {
  exec { sql = "INSERT INTO users (id, name) VALUES (1, 'a')" }
}
"""
    long = f"""\
test "schema" "long" {{
  exec {{ sql = "INSERT INTO users (id, name) VALUES (1, 'a')" }}
  exec {{ sql = "{LONG[bench.dialect]}" }}
}}
"""
    assert bench.schema(cases).code == 0
    (bench.shell.folder / "long.test.hcl").write_text(cases + long)
    words = ("schema", "test", "--url", "file://schema.sql", "--dev-url", bench.dev, "long.test.hcl")
    with subprocess.Popen(
        ["env", "--default-signal", str(ATLAS), *words],
        cwd=bench.shell.folder,
        env=dict(bench.shell.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout
        assert run.stderr
        assert run.stdout.readline().startswith("-- PASS: short")
        wait_for_long(bench)
        os.kill(run.pid, number)
        assert run.wait(30) == (128 + number if number == signal.SIGINT else -number)
    assert len(bench.rooms()) == int(number == signal.SIGKILL and bench.dialect != "sqlite")
    answer = bench.schema(cases)
    assert lines(answer) == ["-- PASS: short", "PASS"]


def wait_for_long(bench: Bench) -> None:
    """Until the long statement is under way; of SQLite nobody can ask that, and its room costs a moment."""
    import time

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        match bench.server:
            case PostgresServer():
                sql = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'"
                if bench.server.query("postgres", sql):
                    return
            case MariaDBServer():
                sql = "SELECT 1 FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(60) FROM users%'"
                if bench.server.query("mysql", sql):
                    return
            case _:
                time.sleep(0.5)
                return
        time.sleep(0.05)
    raise AssertionError("the long statement did not begin")


def test_files_may_make_users_and_a_case_has_to_take_its_own_away(bench: Bench) -> None:
    if bench.dialect == "sqlite":
        return  # it has none
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
