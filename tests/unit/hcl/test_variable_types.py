"""What is passed for a variable comes in its declared type, or is told with the path to what does not fit."""

from __future__ import annotations

import pytest
from atlas.errors import ParseError, SpecError, Unsupported
from atlas.hcl import parse
from atlas.hcl.functions import hcl_functions
from atlas.hcl.values import SetValue
from atlas.hcl.variables import read_variables


def read(block: str, **passed: str | list[str]) -> object:
    body = parse(f'variable "x" {{\n{block}\n}}\n', "t.hcl")
    return read_variables(body, passed, hcl_functions({}, None))["x"]


@pytest.mark.parametrize(
    ("declared", "passed", "expected"),
    [
        ("string", "a", "a"),
        ('"string"', "a", "a"),
        ("number", "1.50", 1.5),
        ("int", "7", 7),
        ("bool", "true", True),
        ("list(string)", "a", ["a"]),
        ("list(number)", "1", [1]),
        ("list(string)", ["a", "b"], ["a", "b"]),
        ("set(string)", ["b", "a", "b"], SetValue(["a", "b"])),
        ("tuple([string, number])", ["a", "1"], ["a", 1]),
    ],
)
def test_a_passed_text_takes_the_declared_type(
    declared: str, passed: str | list[str], expected: object
) -> None:
    value = read(f"type = {declared}", x=passed)

    assert value == expected
    assert type(value) is type(expected) or isinstance(expected, float)


@pytest.mark.parametrize(
    ("declared", "default", "expected"),
    [
        ("list(list(number))", '[["1"], [2]]', [[1], [2]]),
        ("map(bool)", '{ a = "true", b = false }', {"a": True, "b": False}),
        ("map(list(string))", "{ a = [1] }", {"a": ["1"]}),
        ("object({ a = string, b = number })", '{ a = 1, b = "2", c = 3 }', {"a": "1", "b": 2}),
        ("object({ a = optional(string) })", "{}", {"a": None}),
        (
            'object({ a = optional(string, "x"), b = optional(number, "1") })',
            "{ a = null }",
            {"a": "x", "b": 1},
        ),
        ("list(object({ n = string }))", "[{ n = 1 }, { n = true }]", [{"n": "1"}, {"n": "true"}]),
        ("tuple([object({ a = bool }), string])", '[{ a = "false" }, 2]', [{"a": False}, "2"]),
        ("set(object({ a = number }))", '[{ a = 1 }, { a = "1" }]', SetValue([{"a": 1}])),
        ("string", "null", None),
        ("list(string)", "[null]", [None]),
        ("list(string)", "toset([2, 1])", ["1", "2"]),
    ],
)
def test_a_default_takes_the_declared_type_all_the_way_down(
    declared: str, default: str, expected: object
) -> None:
    assert read(f"type = {declared}\ndefault = {default}") == expected


@pytest.mark.parametrize(
    ("declared", "default", "message"),
    [
        ("number", '"x"', 't.hcl:1:1: variable "x": a number is required, found string'),
        ("bool", '"yes"', 'variable "x": a bool is required, found string'),
        ("string", "[]", 'variable "x": a string is required, found list'),
        ("list(number)", '[1, "x"]', 'variable "x": [1]: a number is required, found string'),
        ("list(string)", "{}", 'variable "x": a list is required, found object'),
        ("map(number)", '{ a = "x" }', 'variable "x": a: a number is required, found string'),
        ("map(number)", "[]", 'variable "x": an object is required, found list'),
        (
            "list(object({ name = string, sizes = list(number) }))",
            '[{ name = "a", sizes = [1, true] }]',
            'variable "x": [0].sizes[1]: a number is required, found bool',
        ),
        ("object({ a = string })", "{}", 'variable "x": the attribute "a" is missing'),
        ("list(object({ a = string }))", "[{}]", 'variable "x": [0]: the attribute "a" is missing'),
        ("tuple([string])", '["a", "b"]', 'variable "x": 1 elements are required, found 2'),
        ("strang", '"a"', "t.hcl:2:8: a type is required: string, number, int, bool, list(…)"),
        ("list(strang)", '["a"]', "t.hcl:2:13: a type is required"),
        ("list(string, number)", '["a"]', "t.hcl:2:8: a type is required"),
        ("5", '"a"', "t.hcl:2:8: a type is required"),
        ("tuple(string)", '["a"]', "t.hcl:2:8: the types of a tuple are a list"),
        ("object(string)", "{}", "t.hcl:2:8: the types of an object are an object"),
        ("object({ a = optional() })", "{}", "optional takes a type, and a default"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_path(declared: str, default: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read(f"type = {declared}\ndefault = {default}")

    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (
            "type = string\nsensitive = true",
            't.hcl:3:1: attribute "sensitive" of a variable is not supported',
        ),
        (
            "type = string\nvalidation {\n condition = true\n}",
            't.hcl:3:1: block "validation" of a variable is not supported',
        ),
    ],
)
def test_what_a_variable_cannot_have_is_refused_by_name(block: str, message: str) -> None:
    with pytest.raises(Unsupported) as caught:
        read(block, x="a")

    assert message in str(caught.value)
    assert "expected type, default or description" in str(caught.value)


def test_a_description_is_for_readers() -> None:
    assert read('type = string\ndescription = "d"', x="a") == "a"


def test_a_variable_without_value_is_missing() -> None:
    with pytest.raises(SpecError, match='missing value for required variable "x"'):
        read("type = string", y="a")
