"""Which words of a statement are taken for a rename."""

from __future__ import annotations

import pytest
from atlas.engine.lint.renames import said_renames

from tests.unit.engine.lint.sight import column, index, realm, table

A, B = table("a", column("x"), column("y")), table("b", column("x"), column("y"))


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE a RENAME TO b",
        'ALTER TABLE public."a" RENAME TO "b"',
        "RENAME TABLE `a` TO `b`",
        "ALTER TABLE a RENAME b",
        "ALTER TABLE a RENAME AS app.b",
        "RENAME TABLE app.a TO app.b",
        "-- was: c\nALTER TABLE a RENAME TO b",
    ],
)
def test_a_table_that_a_statement_renames(text: str) -> None:
    found = said_renames(text, realm("mysql", A), realm("mysql", B))

    assert [(str(current), str(desired)) for current, desired in found] == [("table app.a", "table app.b")]


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE a RENAME COLUMN y TO z",
        "ALTER TABLE a RENAME y TO z",
        "ALTER TABLE a CHANGE y z int",
        "ALTER TABLE a CHANGE COLUMN `y` `z` int NOT NULL",
    ],
)
def test_a_column_that_a_statement_renames(text: str) -> None:
    after = realm("mysql", table("a", column("x"), column("z")))

    found = said_renames(text, realm("mysql", A), after)

    assert [(str(current), str(desired)) for current, desired in found] == [
        ("column app.a.y", "column app.a.z")
    ]


def test_an_index_that_a_statement_renames() -> None:
    before = realm("mysql", table("a", column("x"), indexes=(index("i", "x"),)))
    after = realm("mysql", table("a", column("x"), indexes=(index("j", "x"),)))

    found = said_renames("ALTER TABLE a RENAME INDEX i TO j", before, after)

    assert [(str(current), str(desired)) for current, desired in found] == [
        ("index app.a.i", "index app.a.j")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "DROP TABLE a; CREATE TABLE b (x int)",
        "ALTER TABLE a RENAME TO c",
        "ALTER TABLE c RENAME TO b",
        "COMMENT ON TABLE b IS 'rename a to b'",
    ],
)
def test_what_says_nothing_of_these_two(text: str) -> None:
    assert said_renames(text, realm("mysql", A), realm("mysql", B)) == ()
