"""Which PRAGMAs a session of SQLite that goes on with a file needs again."""

from __future__ import annotations

import pytest
from atlas.drivers.sqlite.database import settings_of


@pytest.mark.parametrize("statement", ["PRAGMA foreign_keys = off;", "-- c\npragma legacy_alter_table(1)"])
def test_what_the_connection_keeps_is_sent_again(statement: str) -> None:
    assert settings_of((statement,)) == (statement,)


@pytest.mark.parametrize(
    "statement",
    ["PRAGMA schema_version = 4", "PRAGMA user_version = 2", "PRAGMA foreign_keys", "DELETE FROM t"],
)
def test_what_is_in_the_file_is_not_written_twice(statement: str) -> None:
    assert settings_of((statement,)) == ()
