"""Tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from atlas.engine.hcl_schema.reading.column import collation, read_column
from atlas.engine.hcl_schema.reading.keys import KeyReader, read_check
from atlas.engine.hcl_schema.reading.partition import read_partition, read_partition_of
from atlas.engine.hcl_schema.reading.renames import note_renames_within
from atlas.engine.hcl_schema.reading.trigger import read_policy, read_trigger
from atlas.schema.table import Index, Table, Unique

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry
    from atlas.schema.table import Check

T = TypeVar("T")

AUTOINDEX = "sqlite_autoindex_"


def read_table(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> Table:
    """A table with all that lives in it."""
    keys = KeyReader(entry, catalogue)
    columns = tuple(read_column(each, entry, catalogue) for each in reader.blocks("column"))
    note_renames_within(reader, entry)
    primary_key = reader.block("primary_key")
    partition, partition_of = reader.block("partition"), reader.block("partition_of")
    security = reader.block("row_security")
    indexes, uniques = _indexes(reader, entry, keys)
    return Table(
        schema=entry.schema,
        name=entry.name,
        columns=columns,
        primary_key=None if primary_key is None else keys.primary_key(primary_key),
        uniques=uniques,
        indexes=indexes,
        foreign_keys=_children(reader, "foreign_key", entry, keys.foreign_key),
        checks=_children(reader, "check", entry, lambda each: _check(each, entry)),
        excludes=_children(reader, "exclude", entry, keys.exclude),
        triggers=tuple(
            sorted(
                (read_trigger(each, entry, catalogue) for each in entry.triggers), key=lambda each: each.name
            )
        ),
        policies=tuple(
            sorted((read_policy(each, entry) for each in entry.policies), key=lambda each: each.name)
        ),
        partition_by=None if partition is None else read_partition(partition, keys),
        partition_of=None if partition_of is None else read_partition_of(partition_of, entry, catalogue),
        inherits=_parents(reader, entry, catalogue),
        row_security=security is not None and security.flag("enabled"),
        forced_row_security=security is not None and security.flag("enforced"),
        unlogged=reader.flag("unlogged"),
        engine=reader.word("engine"),
        charset=reader.word("charset"),
        collation=collation(reader),
        auto_increment=reader.number("auto_increment"),
        without_rowid=reader.flag("without_rowid"),
        strict=reader.flag("strict"),
        comment=reader.text("comment"),
        options=reader.options(),
    )


def column_names(reader: BlockReader) -> frozenset[str] | None:
    """The columns that references may name; None where more come from other tables.

    Raises:
        ParseError: Two columns have one name.
    """
    names: set[str] = set()
    for column in reader.blocks("column"):
        if column.name in names:
            raise column.error(f'duplicate column "{column.name}" in {reader.title}')
        names.add(column.name)
    comes_from_others = reader.has("inherits") or reader.block("partition_of") is not None
    return None if comes_from_others else frozenset(names)


def _children(
    reader: BlockReader, block_type: str, entry: Entry, read: Callable[[BlockReader], T]
) -> tuple[T, ...]:
    """The children of one kind, sorted by name."""
    found: dict[str, T] = {}
    unnamed: list[T] = []
    for each in reader.blocks(block_type):
        child, name = read(each), each.name
        if name in found:
            raise each.error(f'duplicate {block_type.replace("_", " ")} "{name}" in table "{entry.name}"')
        if name:
            found[name] = child
        else:
            unnamed.append(child)
    return (*unnamed, *(found[name] for name in sorted(found)))


def _indexes(
    reader: BlockReader, entry: Entry, keys: KeyReader
) -> tuple[tuple[Index, ...], tuple[Unique, ...]]:
    """Indexes and UNIQUE constraints; SQLite shows a constraint as an index of its own naming."""

    def read(each: BlockReader) -> Index | Unique:
        is_constraint = reader.document.dialect == "sqlite" and each.name.startswith(AUTOINDEX)
        return keys.unique(each) if is_constraint else keys.index(each)

    found = _children(reader, "index", entry, read)
    uniques = _children(reader, "unique", entry, keys.unique)
    return (
        tuple(each for each in found if isinstance(each, Index)),
        tuple(each for each in found if isinstance(each, Unique)) + uniques,
    )


def _check(reader: BlockReader, entry: Entry) -> Check:
    check = read_check(reader)
    reader.document.mentions(entry.key, check.expr)
    return check


def _parents(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    parents = [catalogue.find(ref, reader, "inherits") for ref in reader.refs("inherits")]
    for parent in parents:
        reader.document.needs(entry.key, parent.key)
    return tuple((parent.schema, parent.name) for parent in parents)
