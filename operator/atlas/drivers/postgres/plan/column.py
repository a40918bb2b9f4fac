"""Steps of columns: nearly all of them clauses of ALTER TABLE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import column as ddl
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.counter import Counters
from atlas.drivers.postgres.plan.maker import hazard, rewrites, scans
from atlas.drivers.postgres.plan.online import set_not_null_online
from atlas.drivers.postgres.plan.retype import park_clause, retype_clause
from atlas.drivers.postgres.plan.step import Act, Phase, Place
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema.objects import Domain, Routine
from atlas.schema.table import Column

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema import Key

_CALL = re.compile(r'((?:"[^"]*"|[\w$]+)(?:\.(?:"[^"]*"|[\w$]+))?)\s*\(')
_STRING = re.compile(r"'(?:[^']|'')*'")
_STEADY = frozenset(
    {"now", "transaction_timestamp", "statement_timestamp", "current_setting", "array", "row"}
)
"""Functions whose value does not differ from row to row: one that is not known here is taken to differ."""
DETAILS = ("storage", "compression", "statistics")


def column_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A column of a table that is there."""
    current, desired = fate.current, fate.desired
    if fate.goes and isinstance(current, Column):
        _drop(maker, key, fate, current)
    if not isinstance(desired, Column):
        return
    if fate.comes:
        maker.clause(
            key,
            fate,
            f"ADD COLUMN {ddl.definition(desired, maker.names)}",
            Place.ADD_COLUMN,
            hazards=_costs_of_adding(maker, key, desired),
            reverse=(f"DROP COLUMN {quote(key.name)}",),
        )
        details(maker, key, fate, None, desired)
    elif isinstance(current, Column):
        _alter(maker, key, fate, current, desired)
        details(maker, key, fate, current, desired)


def _drop(maker: Maker, key: Key, fate: Fate, current: Column) -> None:
    is_computed = current.generated is not None
    lost = hazard(HazardKind.DELETES_DATA, key, f"The values of {key} are gone.")
    maker.clause(
        key,
        fate,
        f"DROP COLUMN {quote(key.name)}",
        Place.DROP_COLUMN,
        act=Act.REMOVE,
        hazards=() if is_computed else (lost,),
        reverse=(f"ADD COLUMN {ddl.definition(current, maker.names)}",) if is_computed else None,
    )


def _costs_of_adding(maker: Maker, key: Key, item: Column) -> tuple[Hazard, ...]:
    table = key.parent or key
    found: tuple[Hazard, ...] = ()
    if item.generated is not None:
        found += rewrites(table, f"{key} is computed for every row")
    elif item.identity is not None or ddl.is_serial(item):
        found += rewrites(table, f"{key} is numbered for every row")
    elif item.default is not None and _differs_by_row(maker, item.default):
        found += rewrites(table, f"the default of {key} is computed for every row")
    elif _has_checked_type(maker, item):
        found += rewrites(table, f"the domain of {key} is checked for every row")
    has_value = item.default is not None or item.identity is not None or item.generated is not None
    if not (item.null or has_value or ddl.is_serial(item) or _domain_has_default(maker, item)):
        found += (hazard(HazardKind.MAY_FAIL, key, "It fails when the table has rows: there is no default."),)
    return found


def _domain(maker: Maker, item: Column) -> Domain | None:
    for each in maker.context.desired.objects:
        if isinstance(each, Domain) and item.type == f"{each.schema}.{each.name}":
            return each
    return None


def _has_checked_type(maker: Maker, item: Column) -> bool:
    found = _domain(maker, item) if "." in item.type else None
    return found is not None and (bool(found.checks) or not found.null)


def _domain_has_default(maker: Maker, item: Column) -> bool:
    found = _domain(maker, item) if "." in item.type else None
    return found is not None and found.default is not None


def _differs_by_row(maker: Maker, default: str) -> bool:
    names = [each.replace('"', "") for each in _CALL.findall(_STRING.sub("''", default))]
    steady = {
        name
        for each in maker.context.desired.objects
        if isinstance(each, Routine) and each.volatility != "VOLATILE"
        for name in (f"{each.schema}.{each.name}", each.name if each.schema == maker.names.bound else "")
    }
    return any(name.rpartition(".")[2] not in _STEADY and name not in steady for name in names)


def _alter(maker: Maker, key: Key, fate: Fate, current: Column, desired: Column) -> None:
    """Changes of one column, in the order in which they stand in ALTER TABLE."""
    at = f"ALTER COLUMN {quote(key.name)}"
    counters = Counters(maker, key, fate, current, desired)
    retype = retype_clause(maker, key, fate, current, desired)
    resets = not counters.keeps_sequence and _resets_default(
        fate, current, desired, is_retyped=retype is not None
    )
    if resets and current.default is not None:
        maker.clause(
            key,
            fate,
            f"{at} DROP DEFAULT",
            Place.ALTER_COLUMN,
            act=Act.REMOVE,
            reverse=(f"{at} SET DEFAULT {current.default}",),
        )
    park_clause(maker, key, fate, current)
    counters.take_away()
    if current.generated is not None and desired.generated is None:
        maker.clause(key, fate, f"{at} DROP EXPRESSION", Place.ALTER_COLUMN)
    if retype is not None:
        clause, costs, back = retype
        maker.clause(key, fate, clause, Place.ALTER_COLUMN, hazards=costs, reverse=back)
    _set_null(maker, key, fate, current, desired)
    is_set = desired.default is not None and (resets or desired.default != current.default)
    if is_set and not counters.keeps_sequence:
        undo = "DROP DEFAULT" if resets or current.default is None else f"SET DEFAULT {current.default}"
        maker.clause(
            key, fate, f"{at} SET DEFAULT {desired.default}", Place.ALTER_COLUMN, reverse=(f"{at} {undo}",)
        )
    counters.give()


def _resets_default(fate: Fate, current: Column, desired: Column, *, is_retyped: bool) -> bool:
    """The default has to go before the type changes, or goes for good, or is made by a function that goes."""
    if current.default is None:
        return False
    if desired.default is None:
        return True
    if is_retyped and ("swapped" in fate.fields or not _is_same_family(current, desired)):
        return True
    return "reset" in fate.fields


def _is_same_family(current: Column, desired: Column) -> bool:
    from atlas.drivers.postgres.ddl.cast import bare

    return bare(ddl.stored_type(current)) == bare(ddl.stored_type(desired))


def _set_null(maker: Maker, key: Key, fate: Fate, current: Column, desired: Column) -> None:
    if current.null == desired.null:
        return
    at = f"ALTER COLUMN {quote(key.name)}"
    if desired.null:
        maker.clause(key, fate, f"{at} DROP NOT NULL", Place.ALTER_COLUMN, reverse=(f"{at} SET NOT NULL",))
    elif maker.context.policy.online:
        set_not_null_online(maker, key, fate)
    else:
        maker.clause(
            key,
            fate,
            f"{at} SET NOT NULL",
            Place.ALTER_COLUMN,
            hazards=scans(key, f"a row has NULL in {key}"),
            reverse=(f"{at} DROP NOT NULL",),
        )


def details(maker: Maker, key: Key, fate: Fate, current: Column | None, desired: Column) -> None:
    """Storage and the like, and the comment: what stands in no definition of a column."""
    before = dict(current.options) if current else {}
    after = dict(desired.options)
    for word in DETAILS:
        if before.get(word) != after.get(word):
            back = _detail(word, before.get(word), current or desired)
            _set_detail(maker, key, fate, _detail(word, after.get(word), desired), (back,))
    backs = tuple(_parameters(after, before))
    for clause in _parameters(before, after):
        _set_detail(maker, key, fate, clause, backs)
    maker.comment(
        key,
        fate,
        f"COLUMN {maker.context.relation(key)}.{quote(key.name)}",
        f"column: {quote(key.name)} on table: {quote(key.relation)}",
        desired.comment,
        current.comment if current else "",
    )


def _set_detail(maker: Maker, key: Key, fate: Fate, clause: str, backs: tuple[str, ...]) -> None:
    """A clause; a statement of its own where tables below have their own details, which stay as they are."""
    at = f"ALTER COLUMN {quote(key.name)}"
    if (key.schema, key.relation) not in maker.context.tables_below:
        reverse = tuple(f"{at} {back}" for back in backs)
        maker.clause(key, fate, f"{at} {clause}", Place.COLUMN_DETAIL, act=Act.FINISH, reverse=reverse)
        return
    alter = f"ALTER TABLE ONLY {maker.names.qualified(key.schema, key.relation)}"
    maker.step(
        Phase.BUILD,
        Act.FINISH,
        key,
        f"{alter} {at} {clause}",
        f"modify {quote(key.relation)} table",
        changes=fate.changes,
        reverse=tuple(f"{alter} {at} {back}" for back in backs),
    )


def _parameters(before: dict[str, str], after: dict[str, str]) -> list[str]:
    changed = [
        f"{word} = {value}"
        for word, value in after.items()
        if word not in DETAILS and before.get(word) != value
    ]
    gone = [word for word in before if word not in DETAILS and word not in after]
    clauses = [f"SET ({', '.join(changed)})"] if changed else []
    return [*clauses, f"RESET ({', '.join(gone)})"] if gone else clauses


def _detail(word: str, value: str | None, column: Column) -> str:
    match word:
        case "statistics":
            return f"SET STATISTICS {value if value is not None else -1}"
        case "compression":
            return f"SET COMPRESSION {value or 'default'}"
        case _:
            return f"SET STORAGE {value or _usual_storage(column)}"


def _usual_storage(column: Column) -> str:
    """NB: the default of a type is in no text; types of fixed length know only PLAIN."""
    from atlas.drivers.postgres.ddl.cast import bare

    name = bare(column.type)
    if name in {"numeric", "inet", "cidr"} or name.endswith("range"):
        return "MAIN"
    return "EXTENDED"
