"""Steps of tables as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import table as ddl
from atlas.drivers.postgres.ddl.constraint import not_valid
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.column import details
from atlas.drivers.postgres.plan.constraint import add_constraint, constraint_comment
from atlas.drivers.postgres.plan.context import Fate, Verdict
from atlas.drivers.postgres.plan.index import new_index
from atlas.drivers.postgres.plan.maker import drop_text, hazard, rewrites, scans
from atlas.drivers.postgres.plan.settings import storage_changes
from atlas.drivers.postgres.plan.step import Act, Phase, Place
from atlas.drivers.postgres.plan.trigger import new_trigger, policy_steps
from atlas.engine.plan import HazardKind
from atlas.errors import Unsupported
from atlas.schema import Key, Kind
from atlas.schema.options import option
from atlas.schema.table import Column, Table
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from atlas.drivers.postgres.plan.maker import Maker


def table_steps(maker: Maker, key: Key, fate: Fate, *, apart: Collection[str] = ()) -> None:
    """A table; ``apart`` names foreign keys that are added once every table is there."""
    current, desired = fate.current, fate.desired
    name = quote(key.name)
    if fate.goes and isinstance(current, Table):
        lost = hazard(HazardKind.DELETES_DATA, key, f"The rows of {key} are gone.")
        maker.remove(key, fate, drop_text(key, current, maker.names), f"drop {name} table", hazards=(lost,))
    if not isinstance(desired, Table):
        return
    if fate.comes:
        maker.build(
            key,
            fate,
            ddl.create(desired, maker.names, without=apart),
            f"create {name} table",
            reverse=(drop_text(key, desired, maker.names),),
        )
        _rest_of_new(maker, key, fate, desired, apart)
    elif isinstance(current, Table):
        _alter(maker, key, fate, current, desired)
    maker.comments(key, fate)


def _rest_of_new(maker: Maker, key: Key, fate: Fate, desired: Table, apart: Collection[str]) -> None:
    """What CREATE TABLE cannot say."""
    for foreign_key in desired.foreign_keys:
        if foreign_key.name in apart or not_valid(foreign_key):
            add_constraint(maker, child_key(desired, foreign_key), fate, foreign_key)
    for check in desired.checks:
        if not_valid(check):
            add_constraint(maker, child_key(desired, check), fate, check)
    _inherited(maker, fate, desired)
    for column in desired.columns:
        details(maker, child_key(desired, column), fate, _as_made(maker, desired, column), column)
    for index in desired.indexes:
        new_index(maker, child_key(desired, index), index, fate)
    said = (
        *((desired.primary_key,) if desired.primary_key else ()),
        *desired.uniques,
        *desired.excludes,
        *(each for each in desired.checks if not not_valid(each)),
        *(each for each in desired.foreign_keys if not not_valid(each) and each.name not in apart),
    )
    for constraint in said:
        constraint_comment(maker, child_key(desired, constraint), fate, constraint)
    for trigger in desired.triggers:
        new_trigger(maker, child_key(desired, trigger), trigger, fate)
    for policy in desired.policies:
        policy_steps(maker, child_key(desired, policy), Fate(Verdict.ADD, None, policy, changes=fate.changes))
    _settings(maker, key, fate, None, desired)


def _parent_column(maker: Maker, table: Table, column: Column) -> Column | None:
    parents = list(table.inherits)
    if table.partition_of is not None:
        parents.append((table.partition_of.schema, table.partition_of.table))
    for schema, name in parents:
        found = maker.context.after.get(Key(Kind.COLUMN, schema, name, column.name))
        if isinstance(found, Column):
            return found
    return None


def _as_made(maker: Maker, table: Table, column: Column) -> Column | None:
    """The column as it is right after CREATE TABLE: storage and the like come from the parent, comments do not."""
    if not column.inherited:
        return None
    parent = _parent_column(maker, table, column)
    return replace(parent, comment="") if parent else None


def _inherited(maker: Maker, fate: Fate, table: Table) -> None:
    """Columns that come from a parent and differ from it in their default, or in that they are never NULL."""
    for column in table.columns:
        parent = _parent_column(maker, table, column) if column.inherited else None
        if parent is None:
            continue
        key, at = child_key(table, column), f"ALTER COLUMN {quote(column.name)}"
        default = parent.default if column.generated is None else column.default
        if column.default != default:
            word = "DROP DEFAULT" if column.default is None else f"SET DEFAULT {column.default}"
            maker.clause(key, fate, f"{at} {word}", Place.ALTER_COLUMN, act=Act.FINISH, reverse=())
        if parent.null and not column.null:
            maker.clause(key, fate, f"{at} SET NOT NULL", Place.ALTER_COLUMN, act=Act.FINISH, reverse=())


def _alter(maker: Maker, key: Key, fate: Fate, current: Table, desired: Table) -> None:
    if current.unlogged != desired.unlogged:
        there, back = ("UNLOGGED", "LOGGED") if desired.unlogged else ("LOGGED", "UNLOGGED")
        maker.clause(
            key,
            fate,
            f"SET {there}",
            Place.SETTING,
            hazards=rewrites(key, f"{key} becomes {there.lower()}"),
            reverse=(f"SET {back}",),
        )
    _parents(maker, key, fate, current, desired)
    _settings(maker, key, fate, current, desired)


def _parents(maker: Maker, key: Key, fate: Fate, current: Table, desired: Table) -> None:
    for parent in current.inherits:
        if parent not in desired.inherits:
            _inherit(maker, key, fate, parent, Act.DETACH)
    for parent in desired.inherits:
        if parent not in current.inherits:
            _inherit(maker, key, fate, parent, Act.ATTACH)
    kept = [each for each in current.inherits if each in desired.inherits]
    if kept != [each for each in desired.inherits if each in current.inherits]:
        raise Unsupported(f"{key}: the order of the tables it inherits from is not changed by this version")
    if current.partition_of != desired.partition_of:
        _membership(maker, key, fate, current, desired)


def _inherit(maker: Maker, key: Key, fate: Fate, parent: tuple[str, str], act: Act) -> None:
    name = maker.names.qualified(*parent)
    there, back = f"{maker.alter_table(key)} INHERIT {name}", f"{maker.alter_table(key)} NO INHERIT {name}"
    if act is Act.DETACH:
        there, back = back, there
    maker.step(
        Phase.BUILD,
        act,
        key,
        there,
        f"modify {quote(key.name)} table",
        changes=fate.changes,
        reverse=(back,),
    )


def _membership(maker: Maker, key: Key, fate: Fate, current: Table, desired: Table) -> None:
    """Rows stay in the table, whichever table it is a partition of."""
    child = maker.names.qualified(key.schema, key.name)
    what = f"partition {quote(key.name)}"

    def texts(table: Table) -> tuple[str, str, str] | None:
        if table.partition_of is None:
            return None
        parent = maker.names.qualified(table.partition_of.schema, table.partition_of.table)
        attach = f"ALTER TABLE {parent} ATTACH PARTITION {child} {table.partition_of.bound}"
        return attach, f"ALTER TABLE {parent} DETACH PARTITION {child}", quote(table.partition_of.table)

    before, after = texts(current), texts(desired)
    if before is not None:
        gone = hazard(HazardKind.BREAKS_CLIENTS, key, f"Rows of {key} are no longer found in {before[2]}.")
        maker.step(
            Phase.BUILD,
            Act.DETACH,
            key,
            before[1],
            f"detach {what} from table: {before[2]}",
            changes=fate.changes,
            hazards=() if after and after[2] == before[2] else (gone,),
            reverse=(before[0],),
        )
    if after is not None:
        maker.step(
            Phase.BUILD,
            Act.ATTACH,
            key,
            after[0],
            f"attach {what} to table: {after[2]}",
            changes=fate.changes,
            hazards=scans(key, f"a row of {key} is not in the bounds"),
            reverse=(after[1],),
        )


def _settings(maker: Maker, key: Key, fate: Fate, current: Table | None, desired: Table) -> None:
    """Row security, storage parameters, and what the table says of its indexes."""
    before = current.options if current else desired_storage(desired)
    is_new = current is None
    security = (current.row_security, current.forced_row_security) if current else (False, False)
    access = (
        ()
        if is_new
        else (hazard(HazardKind.CHANGES_ACCESS, key, f"Who may see which rows of {key} changes."),)
    )
    for was, wanted, on, off in (
        (security[0], desired.row_security, "ENABLE", "DISABLE"),
        (security[1], desired.forced_row_security, "FORCE", "NO FORCE"),
    ):
        if was != wanted:
            there, back = (on, off) if wanted else (off, on)
            maker.clause(
                key,
                fate,
                f"{there} ROW LEVEL SECURITY",
                Place.SETTING,
                hazards=access,
                reverse=(f"{back} ROW LEVEL SECURITY",),
            )
    for clause, undo in storage_changes(before, desired.options):
        maker.clause(key, fate, clause, Place.SETTING, reverse=(undo,) if undo else ())
    _placement(maker, key, fate, before, desired)
    for word in ("replica_identity", "clustered"):
        known, said = option(before, word), option(desired.options, word)
        if known != said:
            maker.clause(
                key,
                fate,
                _index_word(word, said),
                Place.SETTING,
                act=Act.FINISH,
                reverse=None if _is_gone(maker, key, known) else (_index_word(word, known),),
            )


def _is_gone(maker: Maker, key: Key, value: str) -> bool:
    """The index that an option names goes, or is made anew."""
    name = value.removeprefix("USING INDEX ")
    return any(
        maker.context.goes(Key(kind, key.schema, key.name, name)) for kind in (Kind.INDEX, Kind.UNIQUE)
    )


def desired_storage(desired: Table) -> tuple[tuple[str, str], ...]:
    """What CREATE TABLE has said already: everything but what names an index."""
    return tuple(
        (word, value) for word, value in desired.options if word not in {"replica_identity", "clustered"}
    )


def _placement(
    maker: Maker, key: Key, fate: Fate, before: tuple[tuple[str, str], ...], desired: Table
) -> None:
    for word, clause, usual in (
        ("tablespace", "SET TABLESPACE", "pg_default"),
        ("access_method", "SET ACCESS METHOD", "heap"),
    ):
        was, wanted = option(before, word), option(desired.options, word)
        if was != wanted:
            maker.clause(
                key,
                fate,
                f"{clause} {quote(wanted or usual)}",
                Place.SETTING,
                hazards=rewrites(key, f"{key} moves"),
                reverse=(f"{clause} {quote(was or usual)}",),
            )


def _index_word(word: str, value: str) -> str:
    if word == "clustered":
        return f"CLUSTER ON {quote(value)}" if value else "SET WITHOUT CLUSTER"
    if value.startswith("USING INDEX "):
        return f"REPLICA IDENTITY USING INDEX {quote(value.removeprefix('USING INDEX '))}"
    return f"REPLICA IDENTITY {value or 'DEFAULT'}"
