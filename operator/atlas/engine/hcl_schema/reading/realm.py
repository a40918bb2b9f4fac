"""All blocks of a document to a realm: first everything is declared, then everything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.engine.hcl_schema.reading.block import BlockReader
from atlas.engine.hcl_schema.reading.catalogue import KINDS, Catalogue, Entry
from atlas.engine.hcl_schema.reading.dependencies import all_dependencies
from atlas.engine.hcl_schema.reading.expand import instances
from atlas.engine.hcl_schema.reading.objects import read_object
from atlas.engine.hcl_schema.reading.renames import note_rename
from atlas.engine.hcl_schema.reading.scope import Ref
from atlas.engine.hcl_schema.reading.table import column_names
from atlas.engine.hcl_schema.reading.vocabulary import UNMODELLED, advice, top_blocks
from atlas.hcl.values import kind
from atlas.schema import Key, Realm, Schema, Unmodelled, key_of
from atlas.schema.objects import Extension
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.hcl_schema.reading.document import Document
    from atlas.engine.hcl_schema.reading.expand import Instance
    from atlas.hcl import Scope
    from atlas.hcl.nodes import Body
    from atlas.schema.objects import SchemaObject

_OF_THE_LANGUAGE = frozenset({"variable", "locals"})
_OVERLOADED = frozenset({"function", "procedure", "aggregate"})
_CHILDREN = {"trigger": "triggers", "policy": "policies"}


class _Declared(NamedTuple):
    reader: BlockReader
    entry: Entry


def read_realm(body: Body, scope: Scope, document: Document) -> Realm:
    """The realm that the blocks of ``body`` say.

    Raises:
        ParseError: With the place, the line and a caret.
    """
    blocks = list(_known(body, scope, document))
    catalogue = Catalogue()
    schemas = [_schema(each, document, catalogue) for each in blocks if each.type == "schema"]
    declared = [
        _declare(BlockReader(each, document, each.type), catalogue) for each in blocks if each.type in KINDS
    ]
    for each in blocks:
        if each.type in _CHILDREN:
            _attach(BlockReader(each, document, each.type), catalogue)
    objects: dict[Key, SchemaObject] = {}
    final: dict[Key, Key] = {}
    for reader, entry in declared:
        item = read_object(reader, entry, catalogue)
        key = final[entry.key] = key_of(item)
        if key in objects:
            raise reader.error(f'duplicate {reader.instance.type} "{key.name}"')
        objects[key] = item
        note_rename(reader, key)
        _depends_on(reader, entry, catalogue)
    extensions = [_extension(each, document, catalogue) for each in blocks if each.type == "extension"]
    return Realm(
        dialect=document.dialect,
        schemas=tuple(sorted(schemas, key=lambda each: each.name)),
        objects=_sorted([*objects.values(), *extensions], document.dialect),
        dependencies=all_dependencies(document, catalogue, final),
        unmodelled=tuple(_unmodelled(body)),
    )


def _known(body: Body, scope: Scope, document: Document) -> Iterator[Instance]:
    """The blocks that are read; a warning for each of the others."""
    known = top_blocks(document.family)
    for attribute in body.attributes.values():
        document.warn(attribute.range, f'attribute "{attribute.name}" outside of a block is left out')
    for block in body.blocks:
        name = block.labels[0] if block.type == "dynamic" and block.labels else block.type
        if name in _OF_THE_LANGUAGE or name in UNMODELLED:
            continue
        if name in known:
            yield from instances([block], scope)
        else:
            document.warn(
                block.range,
                f'unknown block "{name}" is left out for {document.dialect}: {advice(name, known)}',
            )


def _schema(instance: Instance, document: Document, catalogue: Catalogue) -> Schema:
    reader = BlockReader(instance, document, "schema")
    name = reader.name
    if not name:
        raise reader.error('a schema block has one label, its name, as in schema "main" {}')
    if name in catalogue.schemas:
        raise reader.error(f'duplicate schema "{name}"')
    catalogue.add_schema(instance.labels[-1] if instance.labels else name, name)
    return Schema(
        name=name,
        comment=reader.text("comment"),
        charset=reader.word("charset"),
        collation=reader.word("collate") or reader.word("collation"),
    )


def _declare(reader: BlockReader, catalogue: Catalogue) -> _Declared:
    """Make an object known under its label; a routine gets its final key when its arguments are read."""
    what, labels = reader.instance.type, reader.instance.labels
    if not 1 <= len(labels) <= 2:  # noqa: PLR2004  name, or schema and name
        raise reader.error(
            f"a {what} block has one label, its name, or two, schema and name; found {len(labels)}"
        )
    schema = catalogue.schema(reader)
    if len(labels) == 2 and catalogue.schema_name(labels[0]) != schema:  # noqa: PLR2004  qualified
        raise reader.error(
            f'{what} "{labels[1]}" is labelled "{labels[0]}" and in schema "{schema}"', "schema"
        )
    name = reader.name
    label = name if reader.instance.repeated or not labels else labels[-1]
    key = Key(KINDS[what], schema, "", label if what in _OVERLOADED else name)
    entry = Entry(key.kind, schema, name, key, column_names(reader) if what == "table" else None)
    if any(each.schema == schema for each in catalogue.named(what, label)):
        raise reader.error(f'duplicate {what} "{label}"')
    catalogue.add(what, label, entry)
    return _Declared(reader, entry)


def _attach(reader: BlockReader, catalogue: Catalogue) -> None:
    """Give a trigger or policy to its relation."""
    what = reader.instance.type
    ref = reader.ref("on")
    if ref is None:
        raise reader.error(f'{what} "{reader.name}" needs "on", as in on = table.users')
    entry = catalogue.find(ref, reader, "on")
    siblings: list[BlockReader] = getattr(entry, _CHILDREN[what], [])
    if any(each.name == reader.name for each in siblings):
        raise reader.error(f'duplicate {what} "{reader.name}" on {entry.kind.value} "{entry.name}"')
    siblings.append(reader)


def _depends_on(reader: BlockReader, entry: Entry, catalogue: Catalogue) -> None:
    if reader.has("depends_on"):
        for ref in reader.refs("depends_on"):
            if ref.path[0] in KINDS:
                reader.document.needs(entry.key, catalogue.find(ref, reader, "depends_on").key)


def _extension(instance: Instance, document: Document, catalogue: Catalogue) -> Extension:
    reader = BlockReader(instance, document, "extension")
    value = reader.value("schema")
    if value is not None and not isinstance(value, str | Ref):
        raise reader.error(f"schema: expected a reference or string, found {kind(value)}", "schema")
    return Extension(
        name=reader.name,
        schema=catalogue.schema(reader) if isinstance(value, Ref) else value or "",
        version=reader.text("version"),
        comment=reader.text("comment"),
    )


def _sorted(objects: list[SchemaObject], dialect: str) -> tuple[SchemaObject, ...]:
    """By schema, kind and name; SQLite's in the order of their making, tables first."""
    if dialect == "sqlite":
        return tuple(sorted(objects, key=lambda item: not isinstance(item, Table)))

    def place(item: SchemaObject) -> tuple[str, str, str]:
        key = key_of(item)
        return key.schema, key.kind.value, key.name

    return tuple(sorted(objects, key=place))


def _unmodelled(body: Body) -> Iterator[Unmodelled]:
    found = [
        Unmodelled(
            kind=block.type.replace("_", " "), name=block.labels[-1] if block.labels else str(block.range)
        )
        for block in body.blocks
        if block.type in UNMODELLED
    ]
    yield from sorted(found, key=lambda each: (each.kind, each.name))


def check_bound(realm: Realm, bound: str) -> str:
    """Why a realm does not fit the one schema of a URL; '' when it does."""
    names = [schema.name for schema in realm.schemas]
    if not bound or names in ([], [bound]):
        return ""
    if len(names) > 1:
        return f'cannot use HCL with more than 1 schema when dev-url is limited to schema "{bound}"'
    return f'mismatched HCL and database schemas: "{bound}" <> "{names[0]}"'
