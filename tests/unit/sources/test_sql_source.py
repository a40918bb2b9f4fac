"""The data source sql: what a query's rows are to a project file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from atlas.errors import SpecError
from atlas.project import load
from atlas.sources.data.calls import named
from atlas.sources.data.sql import SqlSource


class FakeDatabases:
    """Answers ``rows`` to every query."""

    def __init__(self, *rows: tuple[object, ...]) -> None:
        self.rows = rows
        self.asked: list[tuple[str, str, tuple[object, ...]]] = []

    def read_rows(self, url: str, query: str, arguments: Sequence[object]) -> Sequence[Sequence[object]]:
        self.asked.append((url, query, tuple(arguments)))
        return self.rows


def answer(databases: FakeDatabases, more: str = "") -> Any:
    text = f"""
    data "sql" "tenants" {{
      url   = "sqlite://x.db"
      query = "SELECT name FROM tenants"
      {more}
    }}
    env "e" {{
      found = data.sql.tenants
    }}
    """
    sources = {"sql": named(SqlSource(databases.read_rows).sql)}
    project = load([("atlas.hcl", text)], env_name="e", variables={}, sources=sources)
    assert project.env is not None
    return project.env.attributes["found"]


def test_values_are_those_of_the_column_and_value_is_the_first() -> None:
    assert answer(FakeDatabases(("a",), (2,), (True,))) == {
        "count": 3,
        "values": ["a", 2, True],
        "value": "a",
    }


def test_numbers_are_exact_as_those_of_the_file() -> None:
    values = answer(FakeDatabases((2.5,), (3.0,), (float("inf"),)))["values"]
    assert values == [Decimal("2.5"), 3, "inf"]
    assert [type(value) for value in values] == [Decimal, int, str]


def test_no_rows_are_no_values() -> None:
    assert answer(FakeDatabases()) == {"count": 0, "values": [], "value": None}


def test_arguments_reach_the_database_with_their_types() -> None:
    databases = FakeDatabases()
    answer(databases, 'args = ["a", 1, 2.5, true]')
    assert databases.asked == [("sqlite://x.db", "SELECT name FROM tenants", ("a", 1, 2.5, True))]


@pytest.mark.parametrize(
    ("rows", "more", "message"),
    [
        ([("a", 1)], "", "the query answers 2 columns: expected one"),
        ([(None,)], "", "the query answers NULL"),
        ([], 'args = "a"', '"args" must be a list, found string'),
        ([], "args = [{}]", '"args" must be a list of strings, numbers or bools'),
    ],
)
def test_what_cannot_be_a_value_is_refused(rows: list[tuple[object, ...]], more: str, message: str) -> None:
    with pytest.raises(SpecError) as raised:
        answer(FakeDatabases(*rows), more)
    assert f"data.sql.tenants: {message}" in str(raised.value)
