"""Lists in flags: repeated, and each a record of values."""

from __future__ import annotations

import pytest
from atlas.cli.flags.lists import cells, urls_of, values_of
from atlas.errors import UsageError


def test_values_are_records_that_may_be_repeated() -> None:
    assert values_of(["a,b", "c", ""], "--schema") == ("a", "b", "c")
    assert values_of(['"a,b"'], "--exclude") == ("a,b",)
    with pytest.raises(UsageError, match='invalid argument for "--exclude" flag'):
        values_of(['"a'], "--exclude")


@pytest.mark.parametrize("value", ["a", "a,b", 'say "a"', "*.*[type=a|b]"])
def test_a_cell_is_read_as_the_value_it_was_made_of(value: str) -> None:
    assert values_of(cells([value]), "--exclude") == (value,)


def test_a_comma_parts_urls_and_not_hosts() -> None:
    assert urls_of(["file://a.sql,file://b.sql", "postgres://h1:1,h2:2/db"]) == (
        "file://a.sql",
        "file://b.sql",
        "postgres://h1:1,h2:2/db",
    )
