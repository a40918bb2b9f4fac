"""``schema test`` from outside: rounds, variables, the choice of cases, and programs."""

from __future__ import annotations

import sys

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
