"""``schema test`` from outside, on each kind of database: what passes, what fails, and what is told."""

from __future__ import annotations

from tests.integration.cli.cases.conftest import DUPLICATE, Bench, lines


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
