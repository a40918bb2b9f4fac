"""What a variable is in its declared type is one thing for the Go tools and for us.

Meant differences, none in the table: with us a primitive stands for a list of one also where it must be converted and for
sets, because a command line passes text alone; ``optional(…)`` marks attributes of objects that may be missing.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from atlas.errors import ParseError
from atlas.hcl import parse
from atlas.hcl.functions import hcl_functions
from atlas.hcl.variables import read_variables

from tests.clients.answers import comparable
from tests.clients.interchange import Interchange

TABLE = Path(__file__).parent / "hcl" / "variables.txt"
ROWS = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]


def block(row: str) -> str:
    declared, _, default = row.removeprefix("! ").partition("  = ")
    return f'variable "x" {{\n  type = {declared.strip()}\n  default = {default}\n}}\n'


@pytest.fixture(scope="module")
def answers(interchange: Interchange) -> dict[str, Any]:
    asked = [{"text": f"{block(row)}value = {{ is = var.x }}\n"} for row in ROWS]
    return dict(zip(ROWS, interchange.ask("evaluate", asked), strict=True))


@pytest.mark.parametrize("row", ROWS)
def test_a_default_takes_its_type_everywhere(answers: dict[str, Any], row: str) -> None:
    body = parse(block(row), "t.hcl")
    answer = answers[row]
    if row.startswith("!"):
        assert answer["error"]
        with pytest.raises(ParseError):
            read_variables(body, {}, hcl_functions({}, None))
        return
    assert not answer["error"]
    ours = read_variables(body, {}, hcl_functions({}, None))["x"]
    assert comparable(ours) == comparable(json.loads(answer["value"], parse_float=Decimal)["is"], like=ours)
