"""What an expression of HCL is worth."""

from __future__ import annotations

import pytest
from atlas.errors import ParseError
from atlas.hcl import Scope, evaluate, parse

SCOPE = Scope(
    {"a": {"b": [{"c": 1}, {"c": 2}]}, "x": "X", "t": True, "n": None, "l": ["p", "q"]},
    {"upper": str.upper, "f": lambda *values: list(values)},
)


def value_of(text: str) -> object:
    return evaluate(parse(f"k = {text}\n", "t.hcl").attributes["k"].expression, SCOPE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 == 7 && !false", True),
        ('"a\\n${x}-$${y}"', "a\nX-${y}"),
        ("a.b[0].c", 1),
        ("a.b[*].c", [1, 2]),
        ("a.b.*.c[1]", 2),
        ("a.b.1.c", 2),
        ('a["b"][1]["c"]', 2),
        ("f(1, l...)", [1, "p", "q"]),
        ("f()", []),
        ('upper(\n"a"\n)', "A"),
        ('t ? "y" : nope', "y"),
        ("t || nope", True),
        ("[for v in l : upper(v)]", ["P", "Q"]),
        ('{for i, v in l : v => i if v != "p"}', {"q": 1}),
        ('{for v in l : "k" => v...}', {"k": ["p", "q"]}),
        ('{ a = 1, "b" : 2\n (x) = 3 }', {"a": 1, "b": 2, "X": 3}),
        ("-(1 - 3)", 2),
        ("10 / 4", 2.5),
        ("7 % 3", 1),
        ('"5" + 1', 6),
        ("n == null", True),
        ('"${l}"', ["p", "q"]),
        ('"%{ for v in l }<${v}>%{ endfor }"', "<p><q>"),
        ('"%{ if t ~} yes %{ else } no %{ endif }!"', "yes !"),
        ('" ${~ x ~} b"', "Xb"),
        ('"  ${ x }  "', "  X  "),
        ('"é${x}\\u00e9"', "éXé"),
        ('""', ""),
        ("<<EOT\n  x ${x}\n   y\n\n  EOT", "  x X\n   y\n\n"),
        ("<<-EOT\n    x ${x}\n      y\n    EOT", "x X\n  y\n"),
        ("<<-EOT\n      x\n     y\n       z\n    EOT", " x\ny\n  z\n"),
        ("<<-EOT\n  %{ for v in l ~}\n  - ${v}\n  %{ endfor ~}\n  EOT", "- p\n- q\n"),
        ("<<EOT\nEOT", ""),
        ("[1,\n2,\n]", [1, 2]),
        ("{}", {}),
    ],
)
def test_an_expression_has_its_value(text: str, expected: object) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nope", 't.hcl:1:5: unknown variable "nope": expected one of a, l, n, t, x'),
        ("x.y", 't.hcl:1:5: a string has no attribute "y"'),
        ("a.z", 't.hcl:1:5: this object does not have an attribute named "z": expected "b"'),
        ("uper(x)", 't.hcl:1:5: there is no function named "uper": did you mean "upper"?'),
        ("g(1)", 't.hcl:1:5: there is no function named "g"'),
        ("l[5]", "t.hcl:1:5: the index 5 is outside of a list with 2 elements"),
        ('[1 + "x"]', 't.hcl:1:6: a number is required, found string: texts are joined as "${a}${b}"'),
        ("1 / 0", "t.hcl:1:5: a division by zero"),
        ('"é" + nope', 't.hcl:1:11: unknown variable "nope": expected one of a, l, n, t, x'),
    ],
)
def test_an_expression_that_fails_says_where(text: str, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        value_of(text)

    assert str(caught.value) == message
