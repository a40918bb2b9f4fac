"""Numbers keep every digit, however they are written and whatever is done with them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from atlas.errors import ParseError
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.functions import hcl_functions
from atlas.hcl.values import to_text


def value_of(text: str) -> object:
    scope = Scope({}, hcl_functions({}, None))
    return evaluate(parse(f"v = {text}\n", "t.hcl").attributes["v"].expression, scope)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9007199254740993", 9007199254740993),
        ("123456789012345678901234567890 + 1", 123456789012345678901234567891),
        ("12345678901234567890 * 98765432109876543210", 1219326311370217952237463801111263526900),
        ("-123456789012345678901234567890.5", Decimal("-123456789012345678901234567890.5")),
        ("0.1 + 0.2", Decimal("0.3")),
        ("1.1 * 1.1", Decimal("1.21")),
        ("10 / 4", Decimal("2.5")),
        ("100000000000000000000000 / 10", 10000000000000000000000),
        ("-7 % 3", -1),
        ("7 % -3", 1),
        ("7.5 % 2", Decimal("1.5")),
        ("1.0", 1),
        ("1.5e3", 1500),
        ("1e3", 1000),
        ("[2E+2, 5e-1][0] # 1e9", 200),
        ('"${1e2}"', 100),
        ('"1e2 ${3e2} 1e-2"', "1e2 300 1e-2"),
        ("<<E\n1e2 ${3e2}\nE\n", "1e2 300\n"),
        ("0.5 * 2", 1),
        ('tonumber("1e3")', 1000),
    ],
)
def test_a_number_is_exact(text: str, expected: object) -> None:
    value = value_of(text)

    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.50", "1.5"),
        ("100", "100"),
        ("100.0", "100"),
        ("0.000001", "0.000001"),
        ("1.0e21", "1000000000000000000000"),
        ("12345678901234567.89", "12345678901234567.89"),
    ],
)
def test_a_number_is_written_without_exponent_and_without_zeros_at_its_end(text: str, expected: str) -> None:
    assert to_text(value_of(text)) == expected


@pytest.mark.parametrize("text", ["1.0e999999", "1.0e-999999"])
def test_a_number_that_would_fill_the_memory_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ParseError, match=r"t.hcl:1:5: a number has at most 4,000 digits"):
        value_of(text)
