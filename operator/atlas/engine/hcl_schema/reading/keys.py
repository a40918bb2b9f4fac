"""Indexes and the constraints of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.column import collation
from atlas.schema import Key, Kind
from atlas.schema.options import options_of
from atlas.schema.table import (
    Check,
    Exclude,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    Unique,
)

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.block import BlockReader
    from atlas.engine.hcl_schema.reading.catalogue import Catalogue, Entry
    from atlas.engine.hcl_schema.reading.scope import Ref

_ACTIONS = ("NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT")
_MATCHES = ("FULL", "PARTIAL", "SIMPLE")


class KeyReader:
    """Reads the keys of one relation."""

    def __init__(self, entry: Entry, catalogue: Catalogue) -> None:
        self._entry = entry
        self._catalogue = catalogue

    def index(self, reader: BlockReader) -> Index:
        """An index."""
        options = dict(reader.options())
        pages = reader.number("page_per_range")
        if pages is not None:
            options["pages_per_range"] = str(pages)
        method = reader.word("type").lower()
        where = reader.sql_expression("where")
        reader.document.mentions(self._entry.key, where)
        return Index(
            name=reader.name,
            parts=self._parts(reader),
            unique=reader.flag("unique"),
            method="" if method == "btree" else method,
            include=self.columns(reader, "include"),
            where=where,
            nulls_distinct=reader.flag("nulls_distinct", default=True),
            parser=reader.word("parser"),
            invisible=reader.flag("invisible"),
            attached_to=reader.text("attached_to"),
            valid=reader.flag("valid", default=True),
            comment=reader.text("comment"),
            options=options_of(options),
        )

    def primary_key(self, reader: BlockReader) -> PrimaryKey:
        """A primary key; a label is its name."""
        method = reader.word("type").lower()
        return PrimaryKey(
            parts=self._parts(reader),
            name=reader.name,
            include=self.columns(reader, "include"),
            method="" if method == "btree" else method,
            deferrable=reader.flag("deferrable"),
            initially_deferred=reader.flag("initially_deferred"),
            comment=reader.text("comment"),
            options=reader.options(),
        )

    def unique(self, reader: BlockReader) -> Unique:
        """A UNIQUE constraint; of SQLite's autoindexes the name is in ``constraint``."""
        return Unique(
            name=reader.text("constraint") if reader.instance.type == "index" else reader.name,
            parts=self._parts(reader),
            include=self.columns(reader, "include"),
            nulls_distinct=reader.flag("nulls_distinct", default=True),
            deferrable=reader.flag("deferrable"),
            initially_deferred=reader.flag("initially_deferred"),
            comment=reader.text("comment"),
            options=reader.options(),
        )

    def exclude(self, reader: BlockReader) -> Exclude:
        """An exclusion constraint."""
        return Exclude(
            name=reader.name,
            parts=self._parts(reader),
            method=reader.word("type").lower() or "gist",
            include=self.columns(reader, "include"),
            where=reader.sql_expression("where"),
            deferrable=reader.flag("deferrable"),
            initially_deferred=reader.flag("initially_deferred"),
            comment=reader.text("comment"),
            options=reader.options(),
        )

    def foreign_key(self, reader: BlockReader) -> ForeignKey:
        """A foreign key."""
        columns = self.columns(reader, "columns")
        found = [
            self._catalogue.column(ref, self._entry, reader, "ref_columns")
            for ref in reader.refs("ref_columns")
        ]
        tables = {entry.key for entry, _ in found}
        if not columns or not found:
            missing = "ref_columns" if columns else "columns"
            raise reader.error(f'missing {missing} for foreign key "{reader.name}"')
        if len(columns) != len(found):
            raise reader.error(
                f'foreign key "{reader.name}" has {len(columns)} columns and {len(found)} ref_columns',
                "ref_columns",
            )
        if len(tables) > 1:
            raise reader.error(f'foreign key "{reader.name}" refers to more than one table', "ref_columns")
        table = found[0][0]
        reader.document.needs(
            Key(Kind.FOREIGN_KEY, self._entry.schema, self._entry.name, reader.name), table.key
        )
        match = reader.one_of("match", _MATCHES)
        return ForeignKey(
            name=reader.name,
            columns=columns,
            ref_schema=table.schema,
            ref_table=table.name,
            ref_columns=tuple(name for _, name in found),
            on_update=reader.one_of("on_update", _ACTIONS) or "NO ACTION",
            on_delete=reader.one_of("on_delete", _ACTIONS) or "NO ACTION",
            match="" if match == "SIMPLE" else match,
            delete_columns=self.columns(reader, "on_delete_columns"),
            deferrable=reader.flag("deferrable"),
            initially_deferred=reader.flag("initially_deferred"),
            validated=reader.flag("validated", default=True),
            comment=reader.text("comment"),
        )

    def columns(self, reader: BlockReader, name: str) -> tuple[str, ...]:
        """Names of columns of this relation."""
        if not reader.has(name):
            return ()
        return tuple(self._own(ref, reader, name) for ref in reader.refs(name))

    def _own(self, ref: Ref, reader: BlockReader, name: str) -> str:
        entry, column = self._catalogue.column(ref, self._entry, reader, name)
        if entry is not self._entry:
            raise reader.error(
                f'{name}: column "{column}" is one of {entry.kind.value} "{entry.name}", not of "{self._entry.name}"',
                name,
            )
        return column

    def _parts(self, reader: BlockReader) -> tuple[IndexPart, ...]:
        what = f'{reader.instance.type.replace("_", " ")} "{reader.name}"'.removesuffix(' ""')
        plain = self.columns(reader, "columns")
        blocks = reader.blocks("on")
        if plain and blocks:
            raise reader.error(f'multiple definitions for {what}, use "columns" or "on"', "columns")
        if not plain and not blocks:
            raise reader.error(f"missing definition for {what}")
        if plain:
            return tuple(IndexPart(column=name) for name in plain)
        return tuple(self.part(block) for block in blocks)

    def part(self, reader: BlockReader) -> IndexPart:
        """One ``on`` or ``by`` block."""
        expr = reader.sql_expression("expr")
        ref = reader.ref("column")
        if (ref is None) == (not expr):
            raise reader.error('exactly one of "column" and "expr" is needed')
        reader.document.mentions(self._entry.key, expr)
        nulls = [word for word in ("first", "last") if reader.flag(f"nulls_{word}")]
        desc = reader.flag("desc")
        nulls = [word for word in nulls if word != ("first" if desc else "last")]
        return IndexPart(
            column="" if ref is None else self._own(ref, reader, "column"),
            expr=expr,
            desc=desc,
            nulls=nulls[0] if nulls else "",
            opclass=reader.word("ops"),
            collation=collation(reader),
            prefix=reader.number_or("prefix", 0),
            operator=reader.text("op"),
        )


def read_check(reader: BlockReader) -> Check:
    """A check of a table or domain."""
    expr = reader.sql_expression("expr")
    if not expr:
        raise reader.error(f'missing "expr" in {reader.title}')
    return Check(
        name=reader.name,
        expr=expr,
        no_inherit=reader.flag("no_inherit"),
        enforced=reader.flag("enforced", default=True),
        validated=reader.flag("validated", default=True),
        comment=reader.text("comment"),
    )
