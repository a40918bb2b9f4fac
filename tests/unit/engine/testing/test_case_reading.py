"""``*.test.hcl`` to cases: names, rounds, variables, and the words that have no meaning."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from atlas.engine.testing import Case, Inputs, read_cases, texts_in
from atlas.engine.testing.case import (
    Assert,
    Catch,
    Cleanup,
    Exec,
    Expected,
    External,
    Log,
    Migrate,
    OutputFormat,
)
from atlas.errors import AtlasError, ParseError, SpecError, Unsupported


def cases(
    *texts: str, kind: str = "schema", variables: Mapping[str, object] | None = None
) -> tuple[Case, ...]:
    files = [(f"{number}.test.hcl", text) for number, text in enumerate(texts, start=1)]
    inputs = Inputs(variables or {}, lambda name: {"upper": str.upper, "here": lambda: name})
    return read_cases(files, kind, inputs)


def refused(text: str, kind: str = "schema") -> str:
    with pytest.raises(AtlasError) as error:
        [case.commands("") for case in cases(text, kind=kind)]
    return str(error.value)


def test_every_command_is_read_with_its_place() -> None:
    (case,) = cases(
        """\
test "migrate" "all" {
  migrate { to = 1 }
  exec {
    sql    = "SELECT 1"
    format = table
    output = "x"
  }
  catch {
    sql   = "SELECT"
    error = "syntax"
  }
  assert { sql = "SELECT true" }
  log { message = "m" }
  external {
    program     = ["a", testing.dev_url]
    working_dir = "d"
    match       = "b+"
  }
  cleanup { sql = "DROP" }
}
""",
        kind="migrate",
    )
    commands = case.commands("db://room")
    assert [command.place.line for command in commands] == [2, 3, 8, 12, 13, 14, 19]
    places = [command.place for command in commands]
    assert commands == (
        Migrate(places[0], "1"),
        Exec(places[1], "SELECT 1", Expected(output="x"), OutputFormat.TABLE),
        Catch(places[2], "SELECT", "syntax"),
        Assert(places[3], "SELECT true"),
        Log(places[4], "m"),
        External(places[5], ("a", "db://room"), "d", Expected(match="b+")),
        Cleanup(places[6], "DROP"),
    )


def test_rounds_are_numbered_or_called_by_their_key() -> None:
    text = 'test "schema" "n" {\n for_each = %s\n log { message = "${each.key}=${each.value}" }\n}'

    def told(collection: str) -> list[tuple[str, str]]:
        rounds = []
        for case in cases(text % collection):
            (log,) = case.commands("")
            assert isinstance(log, Log)
            rounds.append((case.name, log.message))
        return rounds

    assert told('["x", "y"]') == [("n/1", "0=x"), ("n/2", "1=y")]
    assert told("{ b = 1, a = 2 }") == [("n/a", "a=2"), ("n/b", "b=1")]
    assert told("[]") == []


def test_skip_and_parallel_may_be_computed() -> None:
    first, second = cases(
        'test "schema" "n" {\n for_each = [1, 2]\n skip = each.value > 1\n parallel = each.value == 1\n}'
    )
    assert (first.skip, first.parallel) == (False, True)
    assert (second.skip, second.parallel) == (True, False)


def test_variables_and_locals_of_all_files_are_known_in_each_and_its_own_come_first() -> None:
    own, other = cases(
        """\
variable "who" {
  default = "first"
}
locals { greeting = "${var.who} and ${local.friend}" }
test "schema" "own" {
  log { message = local.greeting }
}
""",
        """\
variable "who" {
  default = "second"
}
locals { friend = "you" }
test "schema" "other" {
  log { message = "${var.who}, ${upper(local.friend)}, ${here()}" }
}
""",
    )
    assert [command.message for command in own.commands("") if isinstance(command, Log)] == ["first and you"]
    assert [command.message for command in other.commands("") if isinstance(command, Log)] == [
        "second, YOU, 2.test.hcl"
    ]


def test_a_variable_without_a_value_is_missed_only_where_it_is_used() -> None:
    text = 'variable "who" {\n type = string\n}\ntest "schema" "a" {}\ntest "schema" "b" {\n log { message = var.who }\n}'
    unused, used = cases(text)
    assert unused.commands("") == ()
    with pytest.raises(SpecError, match='missing value for required variable "who"'):
        used.commands("")
    _, used = cases(text, variables=texts_in({"who": 7}))
    (log,) = used.commands("")
    assert isinstance(log, Log)
    assert log.message == "7"


def test_blocks_of_other_kinds_are_left_alone_and_their_errors_too() -> None:
    text = 'test "plan" "p" {\n apply { url = nonsense }\n}\ntest "schema" "s" {}\n'
    assert [case.name for case in cases(text)] == ["s"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('exec { sql = "a", output = "b" }', "unexpected"),
        ("exec { output = 1 }", '2:1: exec needs the attribute "sql"'),
        (
            'exec {\n sql = "a"\n output = "b"\n match = "c"\n}',
            '5:2: exec takes "output" or "match", not both',
        ),
        ('exec {\n sql = "a"\n match = "(?=x)"\n}', "4:2: match: "),
        ('exec {\n sql = "a"\n format = json\n}', '4:2: format: expected csv or table, found "json"'),
        ('exec {\n sql = "a"\n text = "b"\n}', '4:2: exec has no attribute "text"'),
        ("exec { sql = [1] }", "2:8: sql: a string is required, found list"),
        ("log { message = var.none }", "2:17: "),
        ("external { program = [] }", "2:12: external needs a list of strings: program"),
        ('exec {\n sql = "a"\n inner {}\n}', "4:2: a block has no meaning inside of exec"),
        ('migrate { to = "1" }', '2:1: a "migrate" block stands in tests of the kind "migrate" only'),
    ],
)
def test_what_has_no_meaning_in_a_case_is_refused_with_its_place(body: str, words: str) -> None:
    assert words in refused(f'test "schema" "n" {{\n{body}\n}}')


def test_an_error_shows_the_line_and_a_caret() -> None:
    message = refused('test "schema" "n" {\n  log { message = var.none }\n}')
    assert message.splitlines()[1:] == ["    log { message = var.none }", " " * 20 + "^"]


def test_a_command_that_is_not_served_is_refused_by_name() -> None:
    with pytest.raises(Unsupported, match=r'1\.test\.hcl:2:1: block "script" of a test is not supported'):
        cases('test "schema" "n" {\nscript "exec" {}\n}')[0].commands("")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('test "schemas" "n" {}', 'one of "schema", "migrate", "plan", "script"'),
        ('test "schema" {}', "a test block has two labels"),
        ("table {}", 'block "table" has no meaning in a test file'),
        ('test "schema" "n" {\n skips = true\n}', '2:2: "skips" has no meaning here'),
        ('test "schema" "n" {\n for_each = "x"\n}', "2:13: for_each: "),
        ('test "schema" "n" {\n skip = "maybe"\n}', "2:2: skip: a bool is required"),
    ],
)
def test_what_has_no_meaning_in_a_file_is_refused_with_its_place(text: str, words: str) -> None:
    assert words in refused(text)


def test_a_case_of_a_directory_cannot_be_parallel() -> None:
    assert '"parallel" has no meaning here' in refused(
        'test "migrate" "n" {\n parallel = true\n}', kind="migrate"
    )


def test_a_broken_file_is_told_even_when_none_of_its_cases_would_run() -> None:
    with pytest.raises(ParseError, match=r"2\.test\.hcl:1:"):
        cases('test "schema" "n" {}', "test {")
