"""Steps of constraints: clauses of ALTER TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from atlas.drivers.postgres.ddl import constraint as ddl
from atlas.drivers.postgres.ddl import index as index_ddl
from atlas.drivers.postgres.ddl.comment import phrase
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.context import Verdict
from atlas.drivers.postgres.plan.maker import LOCK_TIMEOUT_S, hazard, scans
from atlas.drivers.postgres.plan.online import alone, apart, validate
from atlas.drivers.postgres.plan.settings import storage_changes
from atlas.drivers.postgres.plan.step import Act, Place
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema import Key, Kind
from atlas.schema.table import Check, Exclude, ForeignKey, Index, PrimaryKey, Unique

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker

Constraint: TypeAlias = PrimaryKey | Unique | ForeignKey | Check | Exclude
PLACES = {
    Kind.PRIMARY_KEY: Place.ADD_PRIMARY_KEY,
    Kind.UNIQUE: Place.ADD_UNIQUE,
    Kind.EXCLUDE: Place.ADD_UNIQUE,
    Kind.CHECK: Place.ADD_CHECK,
    Kind.FOREIGN_KEY: Place.ADD_FOREIGN_KEY,
}


def name_of(key: Key, item: Constraint) -> str:
    """The name, also of a primary key that has the usual one."""
    return item.name or f"{key.relation}_pkey"


def constraint_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """Any of the five kinds."""
    current, desired = fate.current, fate.desired
    if fate.goes:
        assert isinstance(current, Constraint)  # noqa: S101  the key says so
        _drop(maker, key, fate, current)
    if desired is None:
        return
    assert isinstance(desired, Constraint)  # noqa: S101
    if fate.comes:
        add_constraint(maker, key, fate, desired)
        return
    assert isinstance(current, Constraint)  # noqa: S101
    _alter(maker, key, fate, current, desired)
    constraint_comment(maker, key, fate, desired, current.comment)


def _drop(maker: Maker, key: Key, fate: Fate, item: Constraint) -> None:
    name = quote(name_of(key, item))
    costs: tuple[Hazard, ...] = ()
    if isinstance(item, PrimaryKey | Unique | Exclude):
        costs = (hazard(HazardKind.DROPS_INDEX, key, f"Queries that use the index of {key} become slow."),)
    invalid = " NOT VALID" if ddl.not_valid(item) else ""
    maker.clause(
        key,
        fate,
        f"DROP CONSTRAINT {name}",
        Place.DROP_CONSTRAINT,
        act=Act.REMOVE,
        hazards=costs,
        reverse=(f"ADD {ddl.definition(item, maker.names)}{invalid}",),
    )


def add_constraint(maker: Maker, key: Key, fate: Fate, item: Constraint) -> None:
    """Add one to a table that is there."""
    online = maker.context.policy.online and not maker.context.is_new(key)
    name = quote(name_of(key, item))
    definition = ddl.definition(item, maker.names)
    if online and isinstance(item, ForeignKey | Check) and not _is_partitioned(maker, key):
        reverse = (f"{maker.alter_table(key)} DROP CONSTRAINT {name}",)
        added = alone(maker, key, fate, f"ADD {definition} NOT VALID", reverse=reverse)
        if item.validated:
            validate(maker, key, fate, name, _what_breaks(key, item), added)
    elif online and isinstance(item, PrimaryKey | Unique) and not _is_partitioned(maker, key):
        _add_with_index(maker, key, fate, item)
    else:
        place = (
            Place.CHANGED_CHECK
            if fate.verdict is Verdict.RECREATE and isinstance(item, Check)
            else PLACES[key.kind]
        )
        maker.clause(
            key,
            fate,
            f"ADD {definition}{' NOT VALID' if ddl.not_valid(item) else ''}",
            place,
            hazards=() if maker.context.is_new(key) else _costs(key, item),
            reverse=(f"DROP CONSTRAINT {name}",),
        )
    constraint_comment(maker, key, fate, item)


def _is_partitioned(maker: Maker, key: Key) -> bool:
    table = maker.context.table(key)
    return table is not None and table.partition_by is not None


def _add_with_index(maker: Maker, key: Key, fate: Fate, item: PrimaryKey | Unique) -> None:
    """Build its index while others write, then make a constraint of it.

    Source: https://www.postgresql.org/docs/15/sql-altertable.html, ADD table_constraint_using_index.
    """
    name = name_of(key, item)
    nulls_distinct = item.nulls_distinct if isinstance(item, Unique) else True
    index = Index(
        name=name,
        parts=item.parts,
        unique=True,
        include=item.include,
        nulls_distinct=nulls_distinct,
        options=item.options,
    )
    on = maker.context.relation(key)
    built = maker.build(
        key,
        fate,
        index_ddl.create(index, on, maker.names, words="CONCURRENTLY "),
        f"create index {quote(name)} to table: {quote(key.relation)}",
        hazards=(
            hazard(HazardKind.BUILDS_INDEX, key, f"The index of {key} is built from every row of its table."),
            hazard(HazardKind.MAY_FAIL, key, "It fails when two rows have the same values."),
            apart(key),
        ),
        reverse=(f"DROP INDEX CONCURRENTLY {maker.names.qualified(key.schema, name)}",),
        in_transaction=False,
        lock_timeout_s=LOCK_TIMEOUT_S,
    )
    word = "PRIMARY KEY" if isinstance(item, PrimaryKey) else "UNIQUE"
    deferred = ddl.deferrable(deferrable=item.deferrable, initially_deferred=item.initially_deferred)
    alone(
        maker,
        key,
        fate,
        f"ADD CONSTRAINT {quote(name)} {word} USING INDEX {quote(name)}{deferred}",
        after=frozenset({built.number}),
        reverse=(f"{maker.alter_table(key)} DROP CONSTRAINT {quote(name)}",),
    )


def _costs(key: Key, item: Constraint) -> tuple[Hazard, ...]:
    match item:
        case PrimaryKey() | Unique() | Exclude():
            return (
                hazard(HazardKind.MAY_FAIL, key, f"It fails when {_what_breaks(key, item)}."),
                hazard(
                    HazardKind.BUILDS_INDEX, key, f"The index of {key} is built from every row of its table."
                ),
                hazard(
                    HazardKind.BLOCKS_READS, key, "An ACCESS EXCLUSIVE lock is held while the index is built."
                ),
            )
        case ForeignKey() if item.validated:
            return scans(key, _what_breaks(key, item), blocks=HazardKind.BLOCKS_WRITES)
        case Check() if item.validated:
            return scans(key, _what_breaks(key, item))
        case _:
            return ()


def _what_breaks(key: Key, item: Constraint) -> str:
    match item:
        case ForeignKey():
            return f"a row of {key.relation} refers to none of {item.ref_table}"
        case Check():
            return f"a row breaks {key}"
        case Exclude():
            return "two rows exclude each other"
        case PrimaryKey():
            return "two rows have the same key, or one has NULL in it"
        case _:
            return "two rows have the same values"


def _alter(maker: Maker, key: Key, fate: Fate, current: Constraint, desired: Constraint) -> None:
    name = quote(name_of(key, desired))
    before = quote(name_of(key, current))
    if "name" in fate.fields and before != name:  # a renamed table makes the default of what was a name
        there, back = (f"RENAME CONSTRAINT {before} TO {name}", f"RENAME CONSTRAINT {name} TO {before}")
        maker.build(
            key,
            fate,
            f"{maker.alter_table(key)} {there}",
            f"rename a constraint from {before} to {name}",
            reverse=(f"{maker.alter_table(key)} {back}",),
        )
    if isinstance(current, PrimaryKey | Unique | Exclude) and isinstance(
        desired, PrimaryKey | Unique | Exclude
    ):
        target = f"ALTER INDEX {maker.names.qualified(key.schema, name_of(key, desired))}"
        for clause, back in storage_changes(current.options, desired.options):
            what = f"modify index {name} of table: {quote(key.relation)}"
            maker.build(key, fate, f"{target} {clause}", what, reverse=(f"{target} {back}",))
    is_deferred = bool(fate.fields & {"deferrable", "initially_deferred"})
    if is_deferred and isinstance(current, ForeignKey) and isinstance(desired, ForeignKey):
        maker.clause(
            key,
            fate,
            f"ALTER CONSTRAINT {name}{_deferrable_words(desired)}",
            Place.SETTING,
            reverse=(f"ALTER CONSTRAINT {name}{_deferrable_words(current)}",),
        )
    if "validated" in fate.fields and isinstance(desired, ForeignKey | Check):
        _validate(maker, key, fate, desired)


def _validate(maker: Maker, key: Key, fate: Fate, desired: ForeignKey | Check) -> None:
    name, what = quote(name_of(key, desired)), _what_breaks(key, desired)
    if maker.context.policy.online:
        validate(maker, key, fate, name, what)
    else:
        costs = scans(key, what, blocks=None)
        maker.clause(key, fate, f"VALIDATE CONSTRAINT {name}", Place.SETTING, hazards=costs, reverse=())


def _deferrable_words(item: ForeignKey) -> str:
    return (
        ddl.deferrable(deferrable=item.deferrable, initially_deferred=item.initially_deferred)
        or " NOT DEFERRABLE"
    )


def constraint_comment(maker: Maker, key: Key, fate: Fate, item: Constraint, before: str = "") -> None:
    """Set the comment."""
    name = quote(name_of(key, item))
    target = f"CONSTRAINT {name} ON {maker.context.relation(key)}"
    maker.comment(
        key, fate, target, f"{phrase(key.kind)}: {name} on table: {quote(key.relation)}", item.comment, before
    )
