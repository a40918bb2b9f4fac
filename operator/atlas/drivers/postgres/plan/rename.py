"""Renames: they come first, so that everything else is written under desired names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.comment import WORDS, named
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.counter import default_name
from atlas.drivers.postgres.plan.maker import hazard, plain_name
from atlas.drivers.postgres.plan.step import Act, Phase
from atlas.engine.plan import HazardKind
from atlas.schema import Key, Kind, Rename
from atlas.schema.objects import RangeType
from atlas.schema.table import Column, Table

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema.walk import Object

_LONGEST_NAME = 63
_CONSTRAINTS = frozenset({Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.FOREIGN_KEY, Kind.CHECK, Kind.EXCLUDE})
_QUIET = frozenset({*_CONSTRAINTS, Kind.INDEX, Kind.TRIGGER, Kind.POLICY})
"""Kinds whose names no program uses."""


def rename_steps(maker: Maker, renames: list[Rename]) -> None:
    """Schemas, then what is in them, then children."""
    ranks = {Kind.SCHEMA: 0}
    for change in sorted(
        renames, key=lambda each: 2 if each.key.kind.is_child else ranks.get(each.key.kind, 1)
    ):
        _rename(maker, change, renames)


def _rename(maker: Maker, change: Rename, renames: list[Rename]) -> None:
    old, new = change.current_key, change.key
    schema = _schema_now(old, renames)
    if schema != new.schema and not new.kind.is_child:
        target = _target(maker, old._replace(schema=schema), change.current)
        back = _target(maker, old._replace(schema=new.schema), change.current)
        _step(
            maker,
            change,
            f"ALTER {target} SET SCHEMA {quote(new.schema)}",
            f"ALTER {back} SET SCHEMA {quote(schema)}",
            f"move {quote(plain_name(new))} to schema {quote(new.schema)}",
        )
    before, after = plain_name(old), plain_name(new)
    if before != after:
        here = new._replace(name=old.name) if old.kind is not Kind.SCHEMA else old
        there, back = _texts(maker, here, new, change.current)
        _step(
            maker, change, there, back, f"rename {_article(new.kind)} from {quote(before)} to {quote(after)}"
        )
    _follow(maker, change)


def _schema_now(key: Key, renames: list[Rename]) -> str:
    """Where the object is once its schema has its new name."""
    for each in renames:
        if each.current_key.kind is Kind.SCHEMA and each.current_key.name == key.schema:
            return each.key.name
    return key.schema


def _target(maker: Maker, key: Key, item: Object) -> str:
    return named(key, item, maker.names)


def _article(kind: Kind) -> str:
    if kind in _CONSTRAINTS:
        return "a constraint"
    words = WORDS.get(kind, kind.value).lower()
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _texts(maker: Maker, old: Key, new: Key, item: Object) -> tuple[str, str]:
    """The statement and its reverse."""
    before, after = quote(plain_name(old)), quote(plain_name(new))
    table = maker.alter_table(new) if new.kind.is_child else ""
    match new.kind:
        case Kind.COLUMN:
            return f"{table} RENAME COLUMN {before} TO {after}", f"{table} RENAME COLUMN {after} TO {before}"
        case Kind.INDEX:
            here = maker.names.qualified(new.schema, plain_name(old))
            there = maker.names.qualified(new.schema, plain_name(new))
            return f"ALTER INDEX {here} RENAME TO {after}", f"ALTER INDEX {there} RENAME TO {before}"
        case Kind.TRIGGER | Kind.POLICY:
            word, on = new.kind.value.upper(), maker.context.relation(new)
            return (
                f"ALTER {word} {before} ON {on} RENAME TO {after}",
                f"ALTER {word} {after} ON {on} RENAME TO {before}",
            )
        case kind if kind in _CONSTRAINTS:
            return (
                f"{table} RENAME CONSTRAINT {before} TO {after}",
                f"{table} RENAME CONSTRAINT {after} TO {before}",
            )
        case _:
            desired = maker.context.after.get(new, item)
            here = _target(maker, old, _with_name(item, desired, plain_name(old)))
            return (
                f"ALTER {here} RENAME TO {after}",
                f"ALTER {_target(maker, new, desired)} RENAME TO {before}",
            )


def _with_name(current: Object, desired: Object, name: str) -> Object:
    """A routine is called by the types that its arguments have once types are renamed."""
    from dataclasses import replace

    from atlas.schema.objects import Aggregate, Routine

    return replace(desired, name=name) if isinstance(desired, Routine | Aggregate) else current


def _step(maker: Maker, change: Rename, sql: str, back: str, comment: str) -> None:
    old = change.current_key
    gone = hazard(HazardKind.BREAKS_CLIENTS, old, f"Programs that use the name of {old} fail from then on.")
    maker.step(
        Phase.RENAME,
        Act.RENAME,
        change.key,
        sql,
        comment,
        changes=(change,),
        hazards=() if old.kind in _QUIET else (gone,),
        reverse=(back,),
    )


def _follow(maker: Maker, change: Rename) -> None:
    """Names that the server made from another name, and that stand in no model, follow it."""
    if isinstance(change.current, Table):
        table = maker.context.before.get(change.key)
        if not isinstance(table, Table):
            return
        if change.current.primary_key is not None and not change.current.primary_key.name:
            _rename_key(maker, change)
        for column in table.columns:
            if not column.inherited:
                _rename_counter(
                    maker,
                    change,
                    column,
                    (change.current_key.name, column.name),
                    (change.key.name, column.name),
                )
    elif isinstance(change.current, RangeType) and not change.current.multirange:
        _rename_multirange(maker, change)
    elif isinstance(change.current, Column):
        column = change.current
        names = (change.key.relation, change.current_key.name), (change.key.relation, change.key.name)
        _rename_counter(maker, change, column, *names)


def _rename_key(maker: Maker, change: Rename) -> None:
    table = maker.names.qualified(change.key.schema, change.key.name)
    before, after = quote(f"{change.current_key.name}_pkey"), quote(f"{change.key.name}_pkey")
    if before == after:
        return
    maker.step(
        Phase.RENAME,
        Act.RENAME,
        change.key,
        f"ALTER TABLE {table} RENAME CONSTRAINT {before} TO {after}",
        f"rename a constraint from {before} to {after}",
        changes=(change,),
        reverse=(f"ALTER TABLE {table} RENAME CONSTRAINT {after} TO {before}",),
    )


def _rename_multirange(maker: Maker, change: Rename) -> None:
    """NB: a range type brings a second type since PostgreSQL 14; older servers have none, and are not served here."""
    before, after = multirange_name(change.current_key.name), multirange_name(change.key.name)
    here, there = (maker.names.qualified(change.key.schema, name) for name in (before, after))
    maker.step(
        Phase.RENAME,
        Act.RENAME,
        change.key,
        f"ALTER TYPE {here} RENAME TO {quote(after)}",
        f"rename a type from {quote(before)} to {quote(after)}",
        changes=(change,),
        reverse=(f"ALTER TYPE {there} RENAME TO {quote(before)}",),
    )


def multirange_name(name: str) -> str:
    """The name that the server gives (makeMultirangeTypeName)."""
    first, found, rest = name.partition("range")
    return f"{first}multirange{rest}" if found else f"{name[: _LONGEST_NAME - len('_multirange')]}_multirange"


def _rename_counter(
    maker: Maker, change: Rename, column: Column, old: tuple[str, str], new: tuple[str, str]
) -> None:
    from atlas.drivers.postgres.ddl.column import is_serial

    before, after = default_name(*old), default_name(*new)
    if not (is_serial(column) or column.identity) or before == after:
        return
    here = maker.names.qualified(change.key.schema, before)
    there = maker.names.qualified(change.key.schema, after)
    maker.step(
        Phase.RENAME,
        Act.RENAME,
        change.key,
        f"ALTER SEQUENCE {here} RENAME TO {quote(after)}",
        f"rename a sequence from {quote(before)} to {quote(after)}",
        changes=(change,),
        reverse=(f"ALTER SEQUENCE {there} RENAME TO {quote(before)}",),
    )
