"""The comment that a new database gives its schema ``public`` is none of what a file is silent about."""

from __future__ import annotations

import pytest
from atlas.drivers.postgres.diff import differs
from atlas.schema import Schema

GIVEN = "standard public schema"


@pytest.mark.parametrize(("current", "desired"), [(GIVEN, ""), ("", GIVEN), (GIVEN, GIVEN), ("", "")])
def test_the_comment_of_a_new_database_and_none_are_alike(current: str, desired: str) -> None:
    assert (
        differs(Schema(name="public", comment=current), Schema(name="public", comment=desired)) == frozenset()
    )


@pytest.mark.parametrize(
    ("name", "current", "desired"),
    [("public", "ours", ""), ("public", GIVEN, "ours"), ("public", "ours", GIVEN), ("app", GIVEN, "")],
)
def test_any_other_comment_is_a_difference(name: str, current: str, desired: str) -> None:
    assert differs(Schema(name=name, comment=current), Schema(name=name, comment=desired)) == frozenset(
        {"comment"}
    )
