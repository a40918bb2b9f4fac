"""Renames come first; what the server renames along with them is no change any more."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.ddl.clause import alter_head
from atlas.drivers.mysql.ddl.mentions import mentions
from atlas.engine.plan import Hazard, HazardKind, PlannedStatement, SqlText
from atlas.errors import Unsupported
from atlas.schema import Kind, Rename
from atlas.schema.table import Table
from atlas.schema.walk import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema import Key, Realm
    from atlas.schema.objects import SchemaObject
    from atlas.schema.table import IndexPart

_RELATIONS = {Kind.TABLE: "table", Kind.VIEW: "view", Kind.SEQUENCE: "sequence"}
_IN_PLACE = frozenset({*_RELATIONS, Kind.COLUMN, Kind.INDEX})


def renames_in_place(changes: Iterable[object]) -> list[Rename]:
    """The renames that are statements; others (routines, constraints, triggers) are a drop and an add."""
    found = [change for change in changes if isinstance(change, Rename)]
    for change in found:
        if change.key.kind is Kind.SCHEMA:
            raise Unsupported(
                f'schema "{change.current_key.name}" cannot be renamed: MySQL has no statement for it; rename its '
                f"tables into schema {change.key.name} one by one, or make a new one"
            )
        _refuse_move(change)
    return [change for change in found if change.key.kind in _IN_PLACE]


def _refuse_move(change: Rename) -> None:
    """Tables alone move to another schema, and only without triggers (errors 1450 and 1435).

    Raises:
        Unsupported: For anything else.
    """
    if change.current_key.schema == change.key.schema:
        return
    has_triggers = isinstance(change.current, Table) and change.current.triggers
    if has_triggers or change.key.kind is not Kind.TABLE:
        what = "a table with triggers" if has_triggers else f"a {change.key.kind.value}"
        raise Unsupported(
            f"{change.current_key} cannot be renamed to {change.key}: {what} does not move to another schema; drop it "
            "in the one and make it in the other"
        )


def rename_statements(
    renames: Sequence[Rename], current: Realm, desired: Realm, writer: Writer
) -> Iterator[PlannedStatement]:
    """Relations first, then what is in them."""
    tables = {(table.schema, table.name): table for table in current.tables}
    for change in renames:
        if change.key.kind in _RELATIONS:
            yield _of_relation(change, writer, mentions(change.current_key.name, change.key, desired))
    moved = {
        (change.key.schema, change.key.name): (change.current_key.schema, change.current_key.name)
        for change in renames
        if change.key.kind is Kind.TABLE
    }
    for change in renames:
        if change.key.kind in _RELATIONS:
            continue
        name = (change.key.schema, change.key.relation)
        table = tables.get(moved.get(name, name))
        if table is not None:
            yield _of_child(change, replace(table, schema=name[0], name=name[1]), writer)


def _of_relation(change: Rename, writer: Writer, costs: Iterable[Hazard]) -> PlannedStatement:
    current = writer.qualified(change.current_key.schema, change.current_key.name)
    desired = writer.qualified(change.key.schema, change.key.name)
    kind = _RELATIONS[change.key.kind]
    return PlannedStatement(
        sql=SqlText(f"RENAME TABLE {current} TO {desired}"),
        comment=f'rename a {kind} from "{change.current_key.name}" to "{change.key.name}"',
        changes=(change,),
        hazards=(_breaks(change, kind), *costs),
        reverse=(SqlText(f"RENAME TABLE {desired} TO {current}"),),
    )


def _of_child(change: Rename, table: Table, writer: Writer) -> PlannedStatement:
    word = change.key.kind.value
    names = writer.name(change.current_key.name), writer.name(change.key.name)
    head = alter_head(table, writer) + f"RENAME {word.upper()} "
    return PlannedStatement(
        sql=SqlText(f"{head}{names[0]} TO {names[1]}"),
        comment=f"rename {'an index' if change.key.kind is Kind.INDEX else 'a column'} from "
        f'"{change.current_key.name}" to "{change.key.name}"',
        changes=(change,),
        hazards=(_breaks(change, word),) if change.key.kind is Kind.COLUMN else (),
        reverse=(SqlText(f"{head}{names[1]} TO {names[0]}"),),
    )


def _breaks(change: Rename, kind: str) -> Hazard:
    text = f"Programs that use the {kind} by its name {change.current_key.name} fail."
    return Hazard(HazardKind.BREAKS_CLIENTS, change.key, text)


@dataclass(frozen=True, slots=True)
class _Names:
    """What is called what from now on."""

    relations: Mapping[tuple[str, str], tuple[str, str]]
    columns: Mapping[tuple[str, str], Mapping[str, str]]
    indexes: Mapping[tuple[str, str], Mapping[str, str]]


def renamed(realm: Realm, renames: Iterable[Rename]) -> Realm:
    """``realm`` as it is after the renames: foreign keys, indexes, checks and expressions follow names by themselves."""
    changes = tuple(renames)
    if not changes:
        return realm
    relations = {
        (change.current_key.schema, change.current_key.name): (change.key.schema, change.key.name)
        for change in changes
        if change.key.kind in _RELATIONS
    }
    names = _Names(relations, _children(changes, Kind.COLUMN), _children(changes, Kind.INDEX))
    return replace(realm, objects=tuple(_object(item, names) for item in realm.objects))


def _children(changes: Iterable[Rename], kind: Kind) -> dict[tuple[str, str], dict[str, str]]:
    """By the desired name of the table."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for change in changes:
        if change.key.kind is kind:
            table = (change.key.schema, change.key.relation)
            found.setdefault(table, {})[change.current_key.name] = change.key.name
    return found


def _object(item: SchemaObject, names: _Names) -> SchemaObject:
    key: Key = key_of(item)
    own = names.relations.get((key.schema, key.name), (key.schema, key.name))
    if isinstance(item, Table):
        return _table(replace(item, schema=own[0], name=own[1]), names)
    if key.kind in _RELATIONS and own != (key.schema, key.name):
        return replace(item, schema=own[0], name=own[1])
    return item


def _table(table: Table, names: _Names) -> Table:
    columns = names.columns.get((table.schema, table.name), {})
    indexes = names.indexes.get((table.schema, table.name), {})

    def parts(given: tuple[IndexPart, ...]) -> tuple[IndexPart, ...]:
        return tuple(
            replace(part, column=columns.get(part.column, part.column), expr=_text(part.expr, columns))
            for part in given
        )

    def foreign(ref: tuple[str, str], given: tuple[str, ...]) -> tuple[str, ...]:
        known = names.columns.get(ref, {})
        return tuple(known.get(name, name) for name in given)

    refs = {
        key: names.relations.get((key.ref_schema, key.ref_table), (key.ref_schema, key.ref_table))
        for key in table.foreign_keys
    }
    return replace(
        table,
        columns=tuple(
            replace(
                column,
                name=columns.get(column.name, column.name),
                generated=column.generated
                and replace(column.generated, expr=_text(column.generated.expr, columns)),
            )
            for column in table.columns
        ),
        primary_key=table.primary_key and replace(table.primary_key, parts=parts(table.primary_key.parts)),
        indexes=tuple(
            sorted(
                (
                    replace(index, name=indexes.get(index.name, index.name), parts=parts(index.parts))
                    for index in table.indexes
                ),
                key=lambda index: index.name,
            )
        ),
        foreign_keys=tuple(
            replace(
                key,
                columns=foreign((table.schema, table.name), key.columns),
                ref_schema=refs[key][0],
                ref_table=refs[key][1],
                ref_columns=foreign(refs[key], key.ref_columns),
            )
            for key in table.foreign_keys
        ),
        checks=tuple(
            replace(
                check,
                name=columns.get(check.name, check.name) if check.column else check.name,
                column=columns.get(check.column, check.column),
                expr=_text(check.expr, columns),
            )
            for check in table.checks
        ),
        partition_by=table.partition_by
        and replace(table.partition_by, parts=parts(table.partition_by.parts)),
    )


def _text(text: str, columns: Mapping[str, str]) -> str:
    """An expression of the server, in which every name of a column is in backticks."""
    if not columns or not text:
        return text
    pattern = r"'(?:[^'\\]|''|\\.)*'|`((?:[^`]|``)+)`"

    def new(found: re.Match[str]) -> str:
        name = (found[1] or "").replace("``", "`")
        return "`" + columns[name].replace("`", "``") + "`" if name in columns else found[0]

    return re.sub(pattern, new, text, flags=re.DOTALL)
