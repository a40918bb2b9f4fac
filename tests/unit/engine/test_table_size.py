"""Sizes of tables within a scope."""

from __future__ import annotations

from atlas.engine.scope import Scope
from atlas.engine.table_size import TableSize, sizes_within

_SIZES = (
    TableSize("public", "b", 2),
    TableSize("public", "a", 1),
    TableSize("other", "a", 3),
    TableSize("public", "atlas_schema_revisions", 4),
)


def test_only_tables_of_the_scope_are_measured_sorted() -> None:
    assert [size.size_bytes for size in sizes_within(_SIZES, Scope())] == [3, 1, 2]
    assert [size.size_bytes for size in sizes_within(_SIZES, Scope(bound="public"))] == [1, 2]
    assert [size.size_bytes for size in sizes_within(_SIZES, Scope(schemas=("other",)))] == [3]
    assert [size.size_bytes for size in sizes_within(_SIZES, Scope(exclude=("*.a",)))] == [2]
