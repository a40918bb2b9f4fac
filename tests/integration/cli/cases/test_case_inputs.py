"""``schema test`` from outside: rounds, variables, the choice of cases, and programs."""

from __future__ import annotations

import sys

import pytest

from tests.integration.cli.cases.conftest import Bench, lines
from tests.integration.cli.conftest import ATLAS


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


def test_files_are_read_beside_the_test_file_and_a_text_is_printed_once(bench: Bench) -> None:
    folder = bench.shell.folder / "tests"
    folder.mkdir()
    (folder / "seed.sql").write_text("INSERT INTO users (id, name) VALUES (1, 'Ada');")
    (folder / "names.test.hcl").write_text(
        """\
test "schema" "seeded" {
  exec { sql = file("seed.sql") }
  exec {
    sql    = "SELECT name FROM names"
    output = print("Ada")
  }
}
"""
    )
    bench.schema("")
    words = ("schema", "test", "--url", "file://schema.sql", "--dev-url", bench.dev, "tests")
    answer = bench.shell(*words)
    assert lines(answer) == ["Ada", "-- PASS: seeded", "PASS"], answer.err


@pytest.mark.parametrize("bench", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("schema.sql", '"schema.sql" is no test file: expected a name that ends in .test.hcl'),
        ("missing.test.hcl", 'test file "missing.test.hcl": No such file or directory'),
        ("empty", "no test files found in empty"),
        ("", "no test files found: give paths"),
        ("s3://bucket/a.test.hcl", "test files at s3:// are not supported by this version"),
    ],
)
def test_paths_that_name_no_test_file_are_told(bench: Bench, word: str, words: str) -> None:
    (bench.shell.folder / "empty").mkdir()
    (bench.shell.folder / "schema.sql").write_text("CREATE TABLE a (id integer);")
    paths = [word] if word else []
    answer = bench.shell("schema", "test", "--url", "file://schema.sql", "--dev-url", bench.dev, *paths)
    assert answer.code == (3 if word.startswith("s3") else 1)
    assert words in answer.err


@pytest.mark.parametrize("bench", ["sqlite"], indirect=True)
def test_what_is_needed_to_run_is_asked_for_by_its_flag(bench: Bench) -> None:
    assert 'required flag(s) "url" not set' in bench.shell("schema", "test").err
    assert 'required flag(s) "dev-url" not set' in bench.shell("migrate", "test").err
    assert 'required flag(s) "dev-url" not set' in bench.shell("schema", "plan", "test").err
    bench.schema('test "schema" "n" {}')
    missing = bench.shell("schema", "test", "--url", "file://schema.sql", "s.test.hcl")
    assert "--dev-url cannot be empty" in missing.err


@pytest.mark.parametrize("bench", ["sqlite"], indirect=True)
def test_an_error_of_a_file_ends_the_command_before_any_case_runs(bench: Bench) -> None:
    answer = bench.schema('test "schema" "n" {\n  exec { sql = var.none }\n}\ntest "schema" "m" {}\n')
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Error: s.test.hcl:2:16: ")
    assert "  exec { sql = var.none }\n" in answer.err
    (bench.shell.folder / "broken.sql").write_text("CREATE TABLE a (id integer);\nNONSENSE;\n")
    words = ("schema", "test", "--url", "file://broken.sql", "--dev-url", bench.dev, "ok.test.hcl")
    (bench.shell.folder / "ok.test.hcl").write_text('test "schema" "n" {}\n')
    broken = bench.shell(*words)
    assert (broken.code, broken.out) == (1, "")
    assert broken.err.startswith("Error: broken.sql:2: ")
