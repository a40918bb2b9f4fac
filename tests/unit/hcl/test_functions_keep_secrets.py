"""What a function says of a value that it cannot read does not show the value, which may be a password."""

from __future__ import annotations

import pytest
from atlas.errors import AtlasError
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.functions import hcl_functions

CANARY = "c4n4ry"


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("parseint(var.pw, 10)", "the text is no whole number of base 10"),
        ("tonumber(var.pw)", ""),
        ("tobool(var.pw)", ""),
        ('yamldecode("a: [${var.pw}")', "this is no YAML: line 1, column "),
        ('yamldecode("a: \\"${var.pw}")', "this is no YAML: line 1, column "),
        ('yamldecode("a: b\\n ${var.pw}: c: d")', "this is no YAML: line 2, column "),
        ('jsondecode("{\\"a\\": ${var.pw}}")', "this is no JSON: line 1, column "),
        ('csvdecode("a\\n\\"${var.pw}")', ""),
        ('base64decode("*${var.pw}*")', ""),
    ],
)
def test_a_value_that_cannot_be_read_is_not_shown(expression: str, said: str) -> None:
    attribute = parse(f"x = {expression}\n", "atlas.hcl").attributes["x"]
    scope = Scope({"var": {"pw": CANARY}}, hcl_functions({}, None))
    with pytest.raises(AtlasError) as refused:
        evaluate(attribute.expression, scope)
    assert said in str(refused.value)
    assert CANARY not in str(refused.value)
