"""The rows of an inspection."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.rows import array, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from atlas.drivers.postgres.inspect.rows import Row
    from atlas.drivers.postgres.session import PostgresSession

_NOTHING = ("expr", "default_oid", "generated", "identity", "collation", "comment")
_PLAIN: Row = {
    **dict.fromkeys((*_NOTHING, "statistics", "storage", "compression", "options")),
    "type_has_default": False,
    "inherited": False,
}
"""What a column without ``more`` would tell there."""
# The longest answer first: it is parsed while the server works on the next.
_OBJECTS = ("columns", "indexes", "constraints", "relations", "rules", "types", "routines")


@dataclass(slots=True)
class Found:
    """What was read.

    Attributes:
        columns: By the oid of their relation, in order.
        indexes: By their own oid.
        constraints, triggers, policies: By the oid of their relation; constraints of domains by that of the domain.
    """

    schemas: list[Row]
    extensions: list[Row]
    relations: list[Row]
    columns: dict[str, list[Row]]
    constraints: dict[str, list[Row]]
    indexes: dict[str, Row]
    triggers: dict[str, list[Row]]
    policies: dict[str, list[Row]]
    types: list[Row]
    routines: list[Row]
    depend: list[Row] = field(default_factory=list)
    unmodelled: list[Row] = field(default_factory=list)
    _namespaces: dict[str, str] = field(default_factory=dict)

    def schema(self, row: Row) -> str:
        """The name of the schema of a row."""
        if not self._namespaces:
            self._namespaces = {each["oid"]: each["name"] for each in self.schemas}
        return self._namespaces[row["namespace"]]

    @property
    def is_whole(self) -> bool:
        """No text is missing, which the server leaves out for what was dropped after the catalogs were read."""
        return not any(
            (
                any(row["default_oid"] and row["expr"] is None for row in chain(*self.columns.values())),
                any(row["kind"] in "vm" and row["definition"] is None for row in self.relations),
                any(
                    row["partition_key"] and row["partition_key"]["printed"] is None for row in self.relations
                ),
                any(_is_torn(row, self.indexes) for row in chain(*self.constraints.values())),
                any(
                    not key["number"] and key["expr"] is None
                    for row in self.indexes.values()
                    for key in row["parts"]
                ),
            )
        )

    def column_names(self, relation: str) -> dict[int, str]:
        """The names of columns by number."""
        return {row["number"]: row["name"] for row in self.columns.get(relation, ())}


def read_places(session: PostgresSession, names: Sequence[str]) -> list[Row]:
    """Schemas and, where all are read, extensions; ``names`` () means all schemas."""
    with reading(session, {"schemas": {"names": array(names)}}) as answers:
        (places,) = answers
    return places


def queries(places: list[Row], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """The other nine queries, in their order, with their variables."""
    within = {"schemas": array(row["oid"] for row in places if row["kind"] == "schema")}
    return {**dict.fromkeys(_OBJECTS, within), "depend": {}, "unmodelled": {**within, "names": array(names)}}


def found_of(places: list[Row], answers: Iterator[list[Row]]) -> Found:
    """What objects are made of. ``depend`` and ``unmodelled`` are still to be taken from ``answers``, in this order."""
    # NB: zip asks the names first, so that it takes no answer too many.
    rows = dict(zip(_OBJECTS, answers, strict=False))
    constraints, rules = rows["constraints"], rows["rules"]
    for column in rows["columns"]:
        column.update(column.pop("more") or _PLAIN)
    return Found(
        schemas=[row for row in places if row["kind"] == "schema"],
        extensions=[row for row in places if row["kind"] == "extension"],
        relations=rows["relations"],
        columns=_grouped(sorted(rows["columns"], key=_number), "relation"),
        constraints=_grouped(constraints, "relation") | _grouped(constraints, "domain"),
        indexes={row["oid"]: row for row in rows["indexes"]},
        triggers=_grouped((row["found"] for row in rules if row["kind"] == "trigger"), "relation"),
        policies=_grouped((row["found"] for row in rules if row["kind"] == "policy"), "relation"),
        types=rows["types"],
        routines=rows["routines"],
    )


def _number(row: Row) -> int:
    number: int = row["number"]
    return number


def _is_torn(row: Row, indexes: dict[str, Row]) -> bool:
    if row["kind"] == "c":
        return row["expr"] is None
    return row["kind"] in "pux" and row["index"] not in indexes


def _grouped(rows: Iterable[Row], field_name: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[field_name]].append(row)
    return groups
