"""Which changes are put to a person as a rename."""

from __future__ import annotations

from atlas.engine.plan.renames import likely_renames
from atlas.schema import Add, Change, Drop, Key, Kind
from atlas.schema.table import Column, Table


def column(name: str, kind: str = "text", relation: str = "t") -> tuple[Key, Column]:
    return Key(Kind.COLUMN, "public", relation, name), Column(name=name, type=kind)


def table(name: str, *columns: str, schema: str = "public") -> tuple[Key, Table]:
    parts = tuple(Column(name=each, type="text") for each in columns)
    return Key(Kind.TABLE, schema, "", name), Table(schema=schema, name=name, columns=parts)


def pairs(*changes: Change) -> list[tuple[str, str]]:
    return [(current.name, desired.name) for current, desired in likely_renames(changes)]


def test_the_one_column_that_goes_and_the_one_that_comes_are_likely_one() -> None:
    assert pairs(Drop(*column("a")), Add(*column("b"))) == [("a", "b")]


def test_other_types_other_tables_and_more_than_one_are_not() -> None:
    assert pairs(Drop(*column("a")), Add(*column("b", "integer"))) == []
    assert pairs(Drop(*column("a")), Add(*column("b", relation="u"))) == []
    assert pairs(Drop(*column("a")), Add(*column("b")), Add(*column("c"))) == []
    assert pairs(Drop(*column("a")), Drop(*column("b")), Add(*column("c"))) == []
    assert pairs(Drop(*column("a"))) == []


def test_a_table_with_the_same_columns_is_likely_the_same() -> None:
    assert pairs(Drop(*table("a", "x", "y")), Add(*table("b", "x", "y"))) == [("a", "b")]
    assert pairs(Drop(*table("a", "x")), Add(*table("b", "x", "y"))) == []
    assert pairs(Drop(*table("a", "x")), Add(*table("b", "x", schema="other"))) == []
