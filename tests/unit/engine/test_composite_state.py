"""Parts of a composite state: in which schema each is made, and from what it begins."""

from __future__ import annotations

import pytest
from atlas.engine.desired_state import CompositeState, Part, SqlScript, SqlState, says_nothing
from atlas.engine.desired_state.composite import parts_in_turn
from atlas.engine.scan import POSTGRES
from atlas.engine.scope import Scope
from atlas.errors import DesiredStateError
from atlas.schema import Realm, Schema
from atlas.schema.table import Table


class FakeRoom:
    """Remembers which schemas were entered; every one of them has a table."""

    def __init__(self) -> None:
        self.entered: list[str] = []

    @property
    def database(self) -> None:
        return None

    def enter(self, schema: str) -> None:
        self.entered.append(schema)

    def inspect(self) -> Realm:
        names = sorted({"public", *self.entered})
        return Realm(
            dialect="postgres",
            schemas=tuple(Schema(name=name) for name in names),
            objects=tuple(Table(schema=name, name="t", columns=()) for name in names),
        )


def state(*schemas: str) -> CompositeState:
    return CompositeState(
        tuple(Part(schema, SqlState((SqlScript(schema, "SELECT 1"),))) for schema in schemas)
    )


def test_each_part_is_made_in_its_schema_and_begins_without_what_others_made() -> None:
    room = FakeRoom()
    parts = list(parts_in_turn(state("a", "b", "b", "a"), room, Scope()))
    assert room.entered == ["a", "b", "a"]
    assert [scope.bound for _, scope, _ in parts] == ["a", "b", "b", "a"]
    assert [[schema.name for schema in blank.schemas] for *_, blank in parts] == [["a"], ["b"], ["b"], ["a"]]
    assert all(blank.objects == () for *_, blank in parts)


def test_a_part_without_a_name_is_made_where_the_url_leads() -> None:
    room = FakeRoom()
    [(_, scope, blank), _] = list(parts_in_turn(state("", "a"), room, Scope()))
    assert (scope.bound, room.entered) == ("", ["a"])
    assert [schema.name for schema in blank.schemas] == ["public"]


def test_bound_urls_take_parts_of_their_schema_only() -> None:
    room = FakeRoom()
    assert len(list(parts_in_turn(state("public", ""), room, Scope(bound="public")))) == 2
    assert room.entered == []
    with pytest.raises(DesiredStateError, match='"a" of a composite schema is not the "public"'):
        list(parts_in_turn(state("a"), room, Scope(bound="public")))


def test_a_part_without_a_name_behind_others_is_refused() -> None:
    with pytest.raises(DesiredStateError, match="name its schema"):
        list(parts_in_turn(state("a", ""), FakeRoom(), Scope()))


def test_a_composite_state_says_nothing_where_no_part_does() -> None:
    empty = Part("a", SqlState((SqlScript("a", "-- nothing\n"),)))
    assert says_nothing(CompositeState((empty,)), POSTGRES)
    assert not says_nothing(CompositeState((empty, *state("b").parts)), POSTGRES)
