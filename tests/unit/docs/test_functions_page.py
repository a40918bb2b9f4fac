"""The page of functions has every function, and every example on it has the value beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.functions import hcl_functions

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "functions.md").read_text()
ROW = re.compile(r"^\| (.*?) \| .*? \| `(.*)` \| `(.*)` \|$", re.MULTILINE)
EXAMPLES = ROW.findall(PAGE)
FUNCTION = re.compile(r"`([a-z]+)`")


class FilesOfThePage:
    def read(self, path: str) -> str:
        return {"schema.sql": "CREATE TABLE t (c int);\n"}[path]

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]:
        if recursive:
            return {"schema/**/*.hcl": ["/project/schema/a.hcl", "/project/schema/sub/b.hcl"]}[pattern]
        return {"*.sql": ["/project/schema.sql"]}[pattern]


FUNCTIONS = hcl_functions(
    {"DB_HOST": "db.internal"},
    FilesOfThePage(),
    now=lambda: datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC),
    say=[].append,
)


def value_of(text: str) -> object:
    return evaluate(parse(f"v = {text}\n", "page").attributes["v"].expression, Scope({}, FUNCTIONS))


@pytest.mark.parametrize(("what", "example", "value"), EXAMPLES)
def test_an_example_has_the_value_beside_it(what: str, example: str, value: str) -> None:
    found, expected = value_of(example), value_of(value)
    assert (type(found), found) == (type(expected), expected)
    name = FUNCTION.fullmatch(what)
    if name is not None and name[1] in FUNCTIONS:
        assert example.startswith(f"{name[1]}(")


def test_every_function_has_a_row() -> None:
    rows = {found[1] for what, _, _ in EXAMPLES if (found := FUNCTION.fullmatch(what))}
    assert set(FUNCTIONS) - rows == {"sql"}


def test_every_row_with_an_example_is_read() -> None:
    tables = re.findall(r"^\| .* \| example \| .*\n\|-.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert len(EXAMPLES) == sum(table.count("\n") for table in tables)
