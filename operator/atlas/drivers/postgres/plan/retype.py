"""What it takes to give a column another type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import cast
from atlas.drivers.postgres.ddl import column as ddl
from atlas.drivers.postgres.ddl.names import quote, split_type
from atlas.drivers.postgres.plan.cascade import is_retyped
from atlas.drivers.postgres.plan.maker import hazard, rewrites
from atlas.drivers.postgres.plan.step import Act, Place
from atlas.engine.plan import Hazard, HazardKind
from atlas.errors import Unsupported
from atlas.schema import Key, Kind
from atlas.schema.objects import Composite, Domain

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema.table import Column


def retype_clause(
    maker: Maker, key: Key, fate: Fate, current: Column, desired: Column
) -> tuple[str, tuple[Hazard, ...], tuple[str, ...] | None] | None:
    """The clause, its costs and what undoes it; None where the stored type stays."""
    if not is_retyped(maker.context, key):
        return None
    _refuse_partition_key(maker, key)
    using = _using(maker, key, fate, current, desired)
    clause = ddl.retype(desired, maker.names, using)
    back = (
        None
        if "swapped" in fate.fields
        else (ddl.retype(current, maker.names, _back(current, desired, maker, key)),)
    )
    return clause, _costs(maker, key, fate, current, desired), back


def park_clause(maker: Maker, key: Key, fate: Fate, current: Column) -> None:
    """Keep the values as text while their type is made anew."""
    if "by_text" in fate.fields:
        text = "text[]" if current.type.endswith("[]") else "text"
        column = quote(key.name)
        maker.clause(
            key,
            fate,
            f"ALTER COLUMN {column} TYPE {text} USING {column}::{text}",
            Place.ALTER_COLUMN,
            act=Act.REMOVE,
        )


def _back(current: Column, desired: Column, maker: Maker, key: Key) -> str:
    before, after = ddl.stored_type(desired), ddl.stored_type(current)
    if cast.is_assignable(before, after):
        return ""
    return _converted(maker, quote(key.name), before, after)


def _refuse_partition_key(maker: Maker, key: Key) -> None:
    table = maker.context.table(key)
    if table is None or table.partition_by is None:
        return
    if any(part.column == key.name or _uses(part.expr, key.name) for part in table.partition_by.parts):
        raise Unsupported(
            f"{key}: its table is partitioned by it, so that the server lets it have no other type; make a new "
            "table and copy the rows by a versioned migration"
        )


def _uses(expr: str, name: str) -> bool:
    import re

    return bool(expr) and re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", expr) is not None


def _using(maker: Maker, key: Key, fate: Fate, current: Column, desired: Column) -> str:
    before, after = ddl.stored_type(current), ddl.stored_type(desired)
    column = quote(key.name)
    if "swapped" in fate.fields:
        return _using_swapped(maker, key, column, desired)
    if "type" not in fate.fields or cast.is_assignable(before, after) or _is_domain_of(maker, before, after):
        return ""
    return _converted(maker, column, before, after)


def _converted(maker: Maker, column: str, before: str, after: str) -> str:
    """Types that people made have no casts between them: their values go by way of text. JSON is made of any value."""
    target = maker.names.type(after)
    if cast.is_made_json(before, after):
        return f"to_{cast.bare(after)}({column})"
    if split_type(before) is None or split_type(after) is None:
        return f"{column}::{target}"
    text = "text[]" if before.endswith("[]") and after.endswith("[]") else "text"
    return f"{column}::{text}::{target}"


def _is_domain_of(maker: Maker, before: str, after: str) -> bool:
    """A domain and the type behind it are assigned to each other."""
    for objects, domain, other in (
        (maker.context.after, after, before),
        (maker.context.before, before, after),
    ):
        found = split_type(domain)
        item = objects.get(Key(Kind.DOMAIN, found[0], "", found[1])) if found else None
        if isinstance(item, Domain) and cast.is_assignable(item.type, other):
            return True
    return False


def _using_swapped(maker: Maker, key: Key, column: str, desired: Column) -> str:
    """By way of text, which every type has; a composite field by field, as their order may be another."""
    found = split_type(desired.type)
    target = maker.names.type(desired.type)
    type_key = Key(Kind.COMPOSITE, found[0], "", found[1]) if found else key
    if maker.context.verdict(type_key._replace(kind=Kind.RANGE)) is not None:
        return f"{column}::{target}"
    current, wanted = maker.context.before.get(type_key), maker.context.after.get(type_key)
    if not isinstance(current, Composite) or not isinstance(wanted, Composite):
        return f"{column}::text{found[2] if found else ''}::{target}"
    if found and found[2]:
        raise Unsupported(
            f"{type_key}: {key} is an array of it, whose elements this version does not convert; add a column of "
            "the new type and copy the values by a versioned migration"
        )
    known = {each.name: each.type for each in current.fields}
    values = ", ".join(
        f"({column}).{quote(each.name)}{'' if known[each.name] == each.type else '::' + maker.names.type(each.type)}"
        if each.name in known
        else f"NULL::{maker.names.type(each.type)}"
        for each in wanted.fields
    )
    return f"CASE WHEN {column}::text IS NOT NULL THEN ROW({values})::{target} END"


def _costs(maker: Maker, key: Key, fate: Fate, current: Column, desired: Column) -> tuple[Hazard, ...]:
    before, after = ddl.stored_type(current), ddl.stored_type(desired)
    table = key.parent or key
    if "swapped" in fate.fields:
        return rewrites(table, f"{key} is given the new type")
    found: tuple[Hazard, ...] = ()
    if "type" in fate.fields:
        if cast.may_fail(before, after) and not _widens_domain(maker, before, after):
            found += (hazard(HazardKind.MAY_FAIL, key, f"It fails when a value of {key} is no {after}."),)
        if not cast.keeps_rows(before, after):
            found += rewrites(table, f"{key} is given another type")
    return found


def _widens_domain(maker: Maker, before: str, after: str) -> bool:
    found = split_type(before)
    item = maker.context.before.get(Key(Kind.DOMAIN, found[0], "", found[1])) if found else None
    return isinstance(item, Domain) and not cast.may_fail(item.type, after)
