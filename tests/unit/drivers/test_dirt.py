"""Which databases count as clean for a first run: the Go tools' rules, from the rows of a catalog."""

from __future__ import annotations

import pytest
from atlas.drivers.mysql.dirt import _of_all_schemas as mysql_realm
from atlas.drivers.mysql.dirt import _of_one_schema as mysql_schema

R = "atlas_schema_revisions"


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({}, None),
        ({R: []}, None),
        ({R: [R]}, None),
        ({"a": []}, 'found schema "a"'),
        ({"a": [], R: [R]}, "found multiple schemas: 2"),
        ({R: ["t"]}, 'found table "t"'),
        ({R: [R, "t", "u"]}, "found multiple tables: 3"),
    ],
)
def test_a_mysql_server_is_clean_with_nothing_but_the_revisions(
    tables: dict[str, list[str]], reason: str | None
) -> None:
    assert mysql_realm(tables, R) == reason


@pytest.mark.parametrize(
    ("tables", "revisions", "reason"),
    [
        ({"a": []}, "a", None),
        ({"a": [R]}, "a", None),
        ({"a": [R]}, "b", f'found table "{R}" in schema "a"'),
        ({"a": ["t"]}, "a", 'found table "t" in schema "a"'),
    ],
)
def test_a_mysql_schema_is_clean_with_nothing_but_the_revisions(
    tables: dict[str, list[str]], revisions: str, reason: str | None
) -> None:
    assert mysql_schema(tables, revisions) == reason
