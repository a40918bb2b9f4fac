"""Functions that other evaluators have not, the world they are given, and what they refuse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import pytest
from atlas.errors import ParseError, Unsupported
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.functions import hcl_functions
from atlas.hcl.locals import CyclicReference, Locals


class OneFile:
    """Knows ``a.sql`` alone."""

    def read(self, path: str) -> str:
        if path != "a.sql":
            message = f'file "{path}" cannot be read'
            raise ValueError(message)
        return "SELECT 1;"

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]:
        return (f"{pattern} {recursive}",)


def value_of(text: str, **world: object) -> object:
    functions = hcl_functions({"HOME": "/root"}, OneFile(), **world)  # type: ignore[arg-type]
    return evaluate(parse(f"v = {text}\n", "t.hcl").attributes["v"].expression, Scope({}, functions))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anytrue([])", False),
        ("anytrue([false, true])", True),
        ('anytrue(["true", 1])', False),
        ('regexmatch("^a", "ba")', False),
        ('regexmatch("(?i)^A(x)?(?P<n>b)", "ab")', True),
        ('tomap({a = 1, b = true, c = "x"})', {"a": "1", "b": "true", "c": "x"}),
        ("tomap(null)", None),
        ("length({a = 1})", 1),
        ("empty({})", True),
        ('index({a = 1}, "a")', 1),
        ("alltrue({a = true})", True),
        ('lookup({a = null}, "a", 1)', None),
        ("yamlmerge()", None),
        ('getenv("HOME")', "/root"),
        ('getenv("NOTHING")', ""),
        ('file("a.sql")', "SELECT 1;"),
        ('try(file("b.sql"), "none")', "none"),
        ('glob("*.sql")', ["*.sql False"]),
        ('fileset("**")', ["** True"]),
        ('regex("\\\\p{L}+", "1é2")', "é"),
    ],
)
def test_a_function_has_its_value(text: str, expected: object) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('upper("a", "b")', 't.hcl:1:5: function "upper" takes 1 argument, found 2'),
        ("substr()", 't.hcl:1:5: function "substr" takes 3 arguments, found 0'),
        ("join()", 't.hcl:1:5: function "join" takes at least 2 arguments, found 0'),
        ('urluserinfo("mysql://h")', 't.hcl:1:5: function "urluserinfo" takes 2 to 3 arguments, found 1'),
        ("upper(null)", 't.hcl:1:5: call to function "upper" failed: a string is required, found null'),
        ('file("b.sql")', 't.hcl:1:5: call to function "file" failed: file "b.sql" cannot be read'),
        ('regex("(?<=a)b", "ab")', "a lookbehind (?<=…) is not in RE2: write the pattern without it"),
        ('regex("(a)\\\\1", "aa")', "a reference to a group \\1 is not in RE2"),
        ("try(nope, upper())", "no expression has a value: t.hcl:1:9: unknown variable"),
        ("distinct([1, [2]])", "all elements must be of one type, found list and number"),
        ("pow(10, 400)", "failed: math range error"),
        ('jsondecode("{a}")', "this is no JSON: line 1, column 2"),
        ('urlsetpath("http://u:secret@h:x/", "a")', "this is no URL: its host or port is malformed"),
        ('tonumber("1e9999")', "a number has at most 4,000 digits"),
    ],
)
def test_a_wrong_call_says_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        value_of(text)

    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('print("a")', "print() has nowhere to print to here"),
        ("timestamp()", "timestamp() has no clock here"),
        ('sql("now()")', "sql() makes an expression of a schema"),
        ('regex("\\\\p{Greek}", "a")', "\\p{Greek} is not supported by this version"),
        (
            'regex("(a*)*", "b")',
            'the repetition "*" of what may match nothing is not supported by this version',
        ),
        ('yamlmerge("a: &x {}", "b: {<<: *x}")', 'the merge key "<<" is not supported here'),
        ('yamlmerge("a: !!int 1", "b: 1")', 'the tag "tag:yaml.org,2002:int" is not supported here'),
        ('try(timestamp(), "never")', "timestamp() has no clock here"),
        ("can(timestamp())", "timestamp() has no clock here"),
    ],
)
def test_what_is_not_served_is_refused_by_name_even_inside_of_try(text: str, message: str) -> None:
    with pytest.raises(Unsupported) as caught:
        value_of(text)

    assert str(caught.value).startswith("t.hcl:1:")
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["file", "fileset", "glob"])
def test_without_files_none_is_read(name: str) -> None:
    functions = hcl_functions({}, None)

    with pytest.raises(Unsupported, match="no files can be read here: pass their text in a variable"):
        functions[name]("a")


def test_the_clock_is_the_one_that_is_given_and_the_time_is_in_utc() -> None:
    east = timezone(timedelta(hours=2))

    assert (
        value_of("timestamp()", now=lambda: datetime(2024, 1, 1, 1, 2, 3, 999, tzinfo=east))
        == "2023-12-31T23:02:03Z"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('print("a")', "a"),
        ("print(1.50)", "1.5"),
        ("print([true, {a = null}])", '[true,{"a":null}]'),
        ("print(null)", "null"),
    ],
)
def test_what_is_printed_is_also_the_value(text: str, line: str) -> None:
    said: list[str] = []
    value = value_of(text, say=said.append)

    assert said == [line]
    assert value == value_of(text.removeprefix("print"))


def test_a_circle_is_told_and_not_tried_around() -> None:
    body = parse("locals {\n a = try(local.b, 1)\n b = local.a\n}\n", "t.hcl")
    names: dict[str, object] = {}
    scope = Scope(names, hcl_functions({}, None))
    names["local"] = known = Locals(body.blocks_of("locals"), scope)

    with pytest.raises(CyclicReference, match=r'cyclic reference to "local.a"'):
        known["a"]


def test_a_lazy_argument_is_not_evaluated_when_it_is_not_needed() -> None:
    said: list[str] = []

    assert value_of('try(print("first"), print("second"))', say=said.append) == "first"
    assert said == ["first"]
