"""Which constraints of a changed table its rows may break, and which they cannot because they hold already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.ddl.table import has_default, rowid_alias
from atlas.drivers.sqlite.diff import canonical_type, differs, said
from atlas.drivers.sqlite.text.names import canonical_expression, folded, names_in
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.drivers.sqlite.ddl.decide import Difference
    from atlas.drivers.sqlite.ddl.pairs import Pair
    from atlas.schema.table import Check, Column, ForeignKey, Index, IndexPart, PrimaryKey, Table

_Columns = frozenset[tuple[str, str]]
"""Names and collations: what a key is unique in."""
_STIRRING = frozenset({"type", "collation", "generated"})


@dataclass(frozen=True, slots=True)
class Risks:
    """What is known of the rows.

    Attributes:
        stirred: Columns whose values compare otherwise than they did, or become others.
        empty: New columns that are NULL in every row.
        keys: What rows are unique in.
    """

    pair: Pair
    stirred: frozenset[str]
    empty: frozenset[str]
    keys: frozenset[_Columns]

    def hazards(self) -> Iterator[Hazard]:
        """Of keys, checks and foreign keys; indexes are asked about one by one."""
        table = self.pair.after
        key = table.primary_key
        if key is not None and self._may_fail_key(key):
            text = "It fails where rows have the same key, or none."
            yield Hazard(HazardKind.MAY_FAIL, child_key(table, key), text)
        for unique in table.uniques:
            if self._may_repeat(unique.parts):
                text = "It fails where rows have the same values."
                yield Hazard(HazardKind.MAY_FAIL, child_key(table, unique), text)
        for check in table.checks:
            if self._may_break(check):
                yield Hazard(
                    HazardKind.MAY_FAIL, child_key(table, check), "It fails where a row breaks the check."
                )
        for foreign in table.foreign_keys:
            if self._may_dangle(foreign):
                text = "It fails where a row refers to nothing."
                yield Hazard(HazardKind.MAY_FAIL, child_key(table, foreign), text)

    def may_fail_index(self, index: Index) -> bool:
        """Whether rows may have the same values in a unique index."""
        if not index.unique:
            return False
        if index.where or any(part.expr for part in index.parts):
            texts = [index.where, *(part.expr or part.column for part in index.parts)]
            names = {name for text in texts for name in names_in(text)}
            return bool(names & self.stirred) or said(index) not in map(said, self.pair.before.indexes)
        return self._may_repeat(index.parts)

    def _may_fail_key(self, key: PrimaryKey) -> bool:
        before, after = self.pair.before, self.pair.after
        alias = folded(rowid_alias(after))
        if alias and alias not in _by_name(before):
            return False  # it takes the rowids
        known = _by_name(before)
        if after.without_rowid and not before.without_rowid:
            nullable = [
                name for name, column in known.items() if column.null and name != folded(rowid_alias(before))
            ]
            if any(folded(part.column) in nullable for part in key.parts):
                return True
        return self._may_repeat(key.parts)

    def _may_repeat(self, parts: Iterable[IndexPart]) -> bool:
        columns = _unique_in(parts, self.pair.after)
        names = {name for name, _ in columns}
        steady = frozenset((name, collation) for name, collation in columns if name not in self.stirred)
        return not (names & self.empty) and not any(key <= steady for key in self.keys)

    def _may_break(self, check: Check) -> bool:
        known = {canonical_expression(each.expr) for each in self.pair.before.checks}
        return canonical_expression(check.expr) not in known or bool(names_in(check.expr) & self.stirred)

    def _may_dangle(self, key: ForeignKey) -> bool:
        names = {folded(name) for name in key.columns}
        known = {_reference(each) for each in self.pair.before.foreign_keys}
        return not (names & self.empty) and (bool(names & self.stirred) or _reference(key) not in known)


def risks(pair: Pair, different: Difference) -> Risks:
    """Look at what a table holds and what it will hold."""
    before = pair.before
    keys = [before.primary_key.parts] if before.primary_key else []
    keys += [unique.parts for unique in before.uniques]
    keys += [
        index.parts
        for index in before.indexes
        if index.unique and not index.where and not any(part.expr for part in index.parts)
    ]
    added = (addition.column for addition in different.additions)
    return Risks(
        pair=pair,
        stirred=frozenset(
            folded(desired.name) for current, desired in different.changed if _is_stirred(current, desired)
        ),
        empty=frozenset(
            folded(column.name) for column in added if not has_default(column) and column.generated is None
        ),
        keys=frozenset(_unique_in(parts, before) for parts in keys),
    )


def _is_stirred(current: Column, desired: Column) -> bool:
    fields = differs(current, desired)
    if fields <= {"type"} and affinity(current.type) == affinity(desired.type):
        return False
    gets_default = "null" in fields and not desired.null and has_default(desired)
    return gets_default or bool(fields & _STIRRING)


def affinity(type_text: str) -> str:
    """The rules of https://sqlite.org/datatype3.html, section 3.1."""
    words = " ".join(canonical_type(type_text))
    if "int" in words:
        return "integer"
    if any(word in words for word in ("char", "clob", "text")):
        return "text"
    if "blob" in words:
        return "blob"
    return "real" if any(word in words for word in ("real", "floa", "doub")) else "numeric"


def _by_name(table: Table) -> dict[str, Column]:
    return {folded(column.name): column for column in table.columns}


def _unique_in(parts: Iterable[IndexPart], table: Table) -> _Columns:
    columns = _by_name(table)
    return frozenset(
        (folded(part.column), folded(part.collation or columns[folded(part.column)].collation) or "binary")
        for part in parts
    )


def _reference(key: ForeignKey) -> tuple[object, ...]:
    return (
        tuple(map(folded, key.columns)),
        folded(key.ref_table),
        tuple(map(folded, key.ref_columns)),
    )
