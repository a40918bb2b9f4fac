"""Everything that is declared, by the names that references use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.scope import Ref

KINDS = {
    "table": Kind.TABLE,
    "view": Kind.VIEW,
    "materialized": Kind.MATERIALIZED,
    "function": Kind.FUNCTION,
    "procedure": Kind.PROCEDURE,
    "aggregate": Kind.AGGREGATE,
    "enum": Kind.ENUM,
    "domain": Kind.DOMAIN,
    "composite": Kind.COMPOSITE,
    "range": Kind.RANGE,
    "sequence": Kind.SEQUENCE,
    "event": Kind.EVENT,
}
"""Blocks of objects that live in a schema."""
_RELATIONS = frozenset({"table", "view", "materialized"})
_COLUMN = "column"


@dataclass(slots=True)
class Entry:
    """One declared object. ``columns`` are the names that references may have; None for not checked."""

    kind: Kind
    schema: str
    name: str
    key: Key
    columns: frozenset[str] | None = None
    triggers: list[BlockReader] = field(default_factory=list)
    policies: list[BlockReader] = field(default_factory=list)


class Catalogue:
    """Declared schemas and objects. Names are labels, or where blocks share their label, the names themselves."""

    def __init__(self) -> None:
        self.schemas: set[str] = set()
        self._schema_labels: dict[str, set[str]] = {}
        self.entries: list[Entry] = []
        self._by_label: dict[tuple[str, str], list[Entry]] = {}

    def add(self, block_type: str, label: str, entry: Entry) -> None:
        self.entries.append(entry)
        self._by_label.setdefault((block_type, label), []).append(entry)

    def add_schema(self, label: str, name: str) -> None:
        """References may use the name, and the label where one schema alone has it."""
        self.schemas.add(name)
        self._schema_labels.setdefault(label, set()).add(name)

    def schema_name(self, text: str) -> str:
        """The schema that a name or label means; '' for none."""
        if text in self.schemas:
            return text
        names = self._schema_labels.get(text, set())
        return next(iter(names)) if len(names) == 1 else ""

    def named(self, block_type: str, name: str) -> list[Entry]:
        """The objects with this label, in all schemas."""
        return self._by_label.get((block_type, name), [])

    def schema(self, reader: BlockReader) -> str:
        """The schema that a block names."""
        what = reader.instance.type
        ref = reader.ref("schema") if not isinstance(reader.value("schema"), str) else None
        name = reader.text("schema") if ref is None else ref.path[-1]
        if not name:
            raise reader.error(
                f'cannot extract schema name for {what} "{reader.name}": it needs a "schema", as in schema = schema.main'
            )
        if ref is not None and ref.path[0] != "schema":
            raise reader.error(f"schema: expected schema.NAME, found {'.'.join(ref.path)}", "schema")
        found = self.schema_name(name)
        if not found:
            raise reader.error(
                missing_attribute(name, f'there is no schema "{name}"', self.schemas), "schema"
            )
        return found

    def find(self, ref: Ref, reader: BlockReader, name: str) -> Entry:
        """The object that a reference means; parts from ``column`` on are left alone."""
        root, parts = ref.path[0], ref.path[1:]
        if root in _RELATIONS and len(parts) > 2 and parts[-2] == _COLUMN:  # noqa: PLR2004  table.t.column.c
            parts = parts[:-2]
        if root not in KINDS or len(parts) not in {1, 2}:
            raise reader.error(f"{name}: {'.'.join(ref.path)} names no object", name)
        found = self.named(root, parts[-1])
        if len(parts) == 2:  # noqa: PLR2004  a qualified name
            found = [entry for entry in found if entry.schema == self.schema_name(parts[0])]
        if len(found) > 1:
            raise reader.error(
                f'multiple reference {root}s found for "{parts[-1]}": '
                f"write {' or '.join(f'{root}.{entry.schema}.{parts[-1]}' for entry in found)}",
                name,
            )
        if not found:
            raise reader.error(f'referenced {root} "{parts[-1]}" not found', name)
        return found[0]

    def column(self, ref: Ref, own: Entry, reader: BlockReader, name: str) -> tuple[Entry, str]:
        """The relation and name of a referenced column; ``column.id`` is one of ``own``."""
        path = ref.path
        if path[0] == _COLUMN and len(path) == 2:  # noqa: PLR2004  column.id
            entry = own
        elif path[0] in _RELATIONS and len(path) > 3 and path[-2] == _COLUMN:  # noqa: PLR2004  table.t.column.c
            entry = self.find(ref, reader, name)
        else:
            raise reader.error(
                f"{name}: expected column.NAME or table.NAME.column.NAME, found {'.'.join(path)}", name
            )
        if entry.columns is not None and path[-1] not in entry.columns:
            what = f'{entry.kind.value} "{entry.name}" has no column "{path[-1]}"'
            raise reader.error(missing_attribute(path[-1], what, entry.columns), name)
        return entry, path[-1]


def missing_attribute(name: str, what: str, known: Iterable[str]) -> str:
    """The words for a reference to something that is not there."""
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), n=1)
    hint = f", did you mean {near[0]}?" if near else ""
    return f'Unsupported attribute; This object does not have an attribute named "{name}": {what}{hint}'
