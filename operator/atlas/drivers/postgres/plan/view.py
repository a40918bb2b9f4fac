"""Steps of views and materialized views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import index as index_ddl
from atlas.drivers.postgres.ddl import trigger, view
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.index import new_index
from atlas.drivers.postgres.plan.maker import breaks_clients, drop_text, hazard, loses_grants
from atlas.drivers.postgres.plan.settings import storage_changes
from atlas.drivers.postgres.plan.trigger import new_trigger
from atlas.engine.plan import Hazard, HazardKind
from atlas.schema.objects import MaterializedView, View
from atlas.schema.options import option
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema import Key


def view_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A view: replaced where its columns stay, else made anew with its triggers."""
    current, desired = fate.current, fate.desired
    name = quote(key.name)
    if fate.goes and isinstance(current, View):
        relation = maker.names.qualified(key.schema, key.name)
        triggers = (trigger.create(each, relation, maker.names) for each in current.triggers)
        back = (view.create(current, maker.names), *triggers)
        maker.drop(key, fate, f"drop {name} view", back, hazards=_gone(key, fate))
    if not isinstance(desired, View):
        return
    if fate.comes:
        maker.build(
            key,
            fate,
            view.create(desired, maker.names),
            f"create {name} view",
            reverse=(drop_text(key, desired, maker.names),),
        )
        for each in desired.triggers:
            new_trigger(maker, child_key(desired, each), each, fate)
    elif isinstance(current, View) and fate.fields - {"comment", "columns"}:
        maker.build(
            key,
            fate,
            view.create(desired, maker.names, replace="OR REPLACE "),
            f"modify {name} view",
            hazards=_access(key, current, desired),
            reverse=_back(current, desired, maker),
        )
    maker.comments(key, fate)
    _column_comments(maker, key, fate)


def _gone(key: Key, fate: Fate) -> tuple[Hazard, ...]:
    """A view made anew breaks nobody who finds the same columns again."""
    current, desired = fate.current, fate.desired
    assert isinstance(current, View | MaterializedView)  # noqa: S101  of one of the two kinds
    if desired is None:
        return (breaks_clients(key),)
    assert isinstance(desired, View | MaterializedView)  # noqa: S101
    after = {(column.name, column.type) for column in desired.columns}
    kept = all((column.name, column.type) in after for column in current.columns)
    return (loses_grants(key),) if kept else (breaks_clients(key), loses_grants(key))


def _back(current: View, desired: View, maker: Maker) -> tuple[str, ...] | None:
    if maker.context.renames or not view.keeps_columns(desired, current):
        return None
    return (view.create(current, maker.names, replace="OR REPLACE "),)


def _access(key: Key, current: View, desired: View) -> tuple[Hazard, ...]:
    if option(current.options, "security_invoker") == option(desired.options, "security_invoker"):
        return ()
    return (
        hazard(
            HazardKind.CHANGES_ACCESS, key, f"Whose rights count when {key} reads its tables is another now."
        ),
    )


def _column_comments(maker: Maker, key: Key, fate: Fate) -> None:
    desired = fate.desired
    assert isinstance(desired, View | MaterializedView)  # noqa: S101
    current = fate.current if not fate.comes else None
    before = {
        column.name: column.comment
        for column in (current.columns if isinstance(current, View | MaterializedView) else ())
    }
    for column in desired.columns:
        maker.comment(
            key,
            fate,
            f"COLUMN {maker.names.qualified(key.schema, key.name)}.{quote(column.name)}",
            f"column: {quote(column.name)} on view: {quote(key.name)}",
            column.comment,
            before.get(column.name, ""),
        )


def materialized_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A materialized view, with its indexes where it is made anew."""
    current, desired = fate.current, fate.desired
    name = quote(key.name)
    if fate.goes and isinstance(current, MaterializedView):
        relation = maker.names.qualified(key.schema, key.name)
        indexes = (index_ddl.create(each, relation, maker.names) for each in current.indexes)
        back = (view.create_materialized(current, maker.names), *indexes)
        maker.drop(key, fate, f"drop {name} materialized view", back, hazards=_gone(key, fate))
    if not isinstance(desired, MaterializedView):
        return
    if fate.comes:
        costs = () if current is None else (_refills(key),)
        maker.build(
            key,
            fate,
            view.create_materialized(desired, maker.names),
            f"create {name} materialized view",
            hazards=costs,
            reverse=(drop_text(key, desired, maker.names),),
        )
        for index in desired.indexes:
            new_index(maker, child_key(desired, index), index, fate)
    elif isinstance(current, MaterializedView):
        _alter_materialized(maker, key, fate, current, desired)
    maker.comments(key, fate)
    _column_comments(maker, key, fate)


def _refills(key: Key) -> Hazard:
    return hazard(HazardKind.REWRITES_TABLE, key, f"The query of {key} is run anew to fill it.")


def _alter_materialized(
    maker: Maker, key: Key, fate: Fate, current: MaterializedView, desired: MaterializedView
) -> None:
    target = f"MATERIALIZED VIEW {maker.names.qualified(key.schema, key.name)}"
    comment = f"modify {quote(key.name)} materialized view"
    clauses = storage_changes(current.options, desired.options)
    for word, clause in (("tablespace", "SET TABLESPACE"), ("access_method", "SET ACCESS METHOD")):
        before, after = option(current.options, word), option(desired.options, word)
        if before != after:
            usual = "pg_default" if word == "tablespace" else "heap"
            clauses.append((f"{clause} {quote(after or usual)}", f"{clause} {quote(before or usual)}"))
    for clause, back in clauses:
        maker.build(
            key,
            fate,
            f"ALTER {target} {clause}",
            comment,
            reverse=(f"ALTER {target} {back}",),
            hazards=(_refills(key),) if not clause.startswith(("SET (", "RESET")) else (),
        )
    if current.with_data != desired.with_data:
        empty = "" if desired.with_data else " WITH NO DATA"
        blocked = hazard(HazardKind.BLOCKS_READS, key, f"{key} cannot be read while it is filled.")
        maker.build(
            key,
            fate,
            f"REFRESH {target}{empty}",
            f"refresh {quote(key.name)} materialized view",
            hazards=(_refills(key), blocked) if desired.with_data else (breaks_clients(key),),
        )
