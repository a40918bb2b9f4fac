"""From the differences of two realms to what happens to each object, before anything follows for others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.column import is_serial
from atlas.drivers.postgres.ddl.names import Names
from atlas.drivers.postgres.diff import Way, differs, way
from atlas.drivers.postgres.plan.context import Context, Fate, Needs, Verdict
from atlas.drivers.postgres.plan.counter import behind_serial, default_name
from atlas.drivers.postgres.plan.derive import bodies, structural, texts
from atlas.drivers.postgres.plan.kinship import links, settled
from atlas.drivers.postgres.plan.moved import follow_extensions
from atlas.drivers.postgres.plan.parts import is_mended
from atlas.drivers.postgres.plan.renames import Renamer
from atlas.engine.diff import diff
from atlas.schema import Add, Drop, Key, Kind, Modify, Rename, flatten
from atlas.schema.objects import MaterializedView, Sequence, View
from atlas.schema.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.plan import PlanTask
    from atlas.schema import Change, Realm
    from atlas.schema.walk import Object

_VERDICTS = {Way.ALTER: Verdict.ALTER, Way.RECREATE: Verdict.RECREATE, Way.SWAP: Verdict.SWAP}
_NAMED = frozenset({Kind.UNIQUE, Kind.INDEX, Kind.FOREIGN_KEY, Kind.CHECK, Kind.EXCLUDE})
FOLLOWS_PARENT = ("type", "null", "default", "collation", "generated")
"""What a change of a parent's column changes in its children by itself."""


def context_of(task: PlanTask) -> Context:
    """Everything that is known, with the fates of the objects that differ.

    Raises:
        Unsupported: A change that cannot be made.
    """
    renames = [change for change in task.changes if isinstance(change, Rename)]
    renamer = Renamer(renames)
    current = renamer.realm(task.current) if renames else task.current
    current, desired = settled(current, task.desired)
    # Often nothing of what mentioned a renamed object still differs once the server has followed the rename.
    is_same = current is task.current and desired is task.desired
    changes = task.changes if is_same else diff(current, desired, differs=_differs_renamed)
    said = _said(task.changes, renamer)
    same = same_but_for_their_names(changes)
    if same:
        again = Renamer(same)
        current = again.realm(current)
        said = {again.key(key): each for key, each in said.items()}
        changes = diff(current, desired, differs=_differs_renamed)
    before, after = flatten(current), flatten(desired)
    known, is_read = task.desired.dependencies, _is_read(task.desired)
    schemas = frozenset(schema.name for realm in (current, desired) for schema in realm.schemas)
    context = Context(
        names=Names(task.options.bound, schemas),
        policy=task.options.policy,
        current=current,
        desired=desired,
        needs_before=Needs((*current.dependencies, *structural(before, is_read=_is_read(current)))),
        needs_after=Needs((*(known if is_read else ()), *structural(after, is_read=is_read))),
        weak=Needs(bodies(after) if is_read else (*known, *texts(after))),
        before=before,
        after=after,
        renames=(*renames, *same),
    )
    for change in changes:
        if not isinstance(change, Rename):
            _decide(context, change, said.get(change.key, (change,)))
    follow_extensions(context)
    _adopt_serial_sequences(context)
    _drop_what_follows(context)
    _keep_what_would_follow(context)
    return context


def _differs_renamed(current: Object, desired: Object) -> frozenset[str]:
    """A renamed column keeps its name in what a view gives out, and the query says so with AS."""
    found = differs(current, desired)
    match current, desired:
        case View() | MaterializedView(), View() | MaterializedView():
            names = [[column.name for column in each.columns] for each in (current, desired)]
            return found | {"definition"} if names[0] != names[1] else found
        case _:
            return found


def _adopt_serial_sequences(context: Context) -> None:
    """The sequence behind ``serial`` becomes an object of its own, or the other way round: it stays."""
    for key, fate in context.fates.items():
        item = fate.desired or fate.current
        if key.kind is not Kind.SEQUENCE or not isinstance(item, Sequence) or item.owned_by is None:
            continue
        table, name = item.owned_by
        column_key = Key(Kind.COLUMN, key.schema, table, name)
        column = (context.before if fate.verdict is Verdict.ADD else context.after).get(column_key)
        if not isinstance(column, Column) or not is_serial(column) or default_name(table, name) != key.name:
            continue
        behind = behind_serial(key.schema, table, column)
        if fate.verdict is Verdict.ADD:
            fate.current = behind
        elif fate.verdict is Verdict.DROP:
            fate.desired = behind
        fate.fields = differs(behind, item)
        fate.verdict = Verdict.ALTER


def same_but_for_their_names(changes: Iterable[Change]) -> list[Rename]:
    """Indexes and constraints that go, and others that come and say the same: they are given the other name.

    Nothing is guessed: whatever they were meant to be, the result is the same, and no index is built.
    """
    gone: dict[tuple[Key, Object], list[Drop]] = {}
    found: list[Rename] = []
    for change in changes:
        if isinstance(change, Drop) and change.key.kind in _NAMED:
            gone.setdefault(_nameless(change.key, change.current), []).append(change)
    for change in changes:
        if isinstance(change, Add) and change.key.kind in _NAMED:
            like = gone.get(_nameless(change.key, change.desired))
            if like:
                drop = like.pop(0)
                found.append(Rename(drop.key, change.key, drop.current, change.desired))
    return found


def _nameless(key: Key, item: Object) -> tuple[Key, Object]:
    return key._replace(name=""), replace(item, name="", comment="")


def _is_read(realm: Realm) -> bool:
    """Catalogs have said what needs what: then everything needs its schema, which no reference in HCL says.

    What HCL says, and what its texts mention, may be more than is so.
    """
    return any(needed.kind is Kind.SCHEMA for _, needed in realm.dependencies)


def _said(changes: Iterable[Change], renamer: Renamer) -> dict[Key, tuple[Change, ...]]:
    """The changes of the task by the keys that they have here."""
    found: dict[Key, tuple[Change, ...]] = {}
    for change in changes:
        key = renamer.key(change.key) if isinstance(change, Drop) else change.key
        if not isinstance(change, Rename):
            found[key] = (*found.get(key, ()), change)
    return found


def _decide(context: Context, change: Change, changes: tuple[Change, ...]) -> None:
    match change:
        case Add():
            fate = Fate(Verdict.ADD, None, change.desired, changes=changes)
        case Drop():
            fate = Fate(Verdict.DROP, change.current, None, changes=changes)
        case Modify():
            fields = change.fields
            if is_mended(context, change.key, change.current, change.desired):
                fields -= {"valid"}
            verdict = _VERDICTS[way(change.key, change.current, change.desired, fields)]
            fate = Fate(verdict, change.current, change.desired, change.fields, changes)
        case Rename():
            return
    context.fates[change.key] = fate


def _drop_what_follows(context: Context) -> None:
    """Columns of a child table that their parent brings, takes or changes are no steps of their own."""
    for key, fate in list(context.fates.items()):
        item = fate.desired or fate.current
        if not isinstance(item, Column):
            continue
        for parent in _parent_columns(context, key):
            _follow(context, key, fate, parent)
            if key not in context.fates:
                break


def _follow(context: Context, key: Key, fate: Fate, parent: Key) -> None:
    above = context.fates.get(parent)
    match fate.verdict:
        case Verdict.ADD if isinstance(fate.desired, Column) and fate.desired.inherited:
            del context.fates[key]
        case Verdict.DROP if isinstance(fate.current, Column) and fate.current.inherited:
            if parent not in context.after:
                del context.fates[key]
        case Verdict.ALTER | Verdict.RECREATE if above is not None:
            same = {
                name
                for name in fate.fields & above.fields & set(FOLLOWS_PARENT)
                if getattr(fate.desired, name) == getattr(above.desired, name)
            }
            fate.fields -= same
            if not fate.fields:
                del context.fates[key]
        case _:
            pass


def _keep_what_would_follow(context: Context) -> None:
    """A default, or that there is no NULL, which a child has for itself is set again: a change of the parent goes down."""
    pending = list(context.fates)
    while pending:
        key = pending.pop()
        fate = context.fates[key]
        if fate.verdict is not Verdict.ALTER or not isinstance(fate.desired, Column):
            continue
        for schema, name in context.tables_below.get((key.schema, key.relation), ()):
            below = key._replace(schema=schema, relation=name)
            if key in _parent_columns(context, below) and _is_kept(context, below, fate):
                pending.append(below)


def _is_kept(context: Context, key: Key, above: Fate) -> bool:
    current, desired, parent = context.before.get(key), context.after.get(key), above.desired
    fate = context.fates.get(key) or Fate(Verdict.ALTER, current, desired, changes=above.changes)
    if (
        not isinstance(parent, Column)
        or not isinstance(fate.current, Column)
        or not isinstance(desired, Column)
    ):
        return False
    if fate.verdict is not Verdict.ALTER or desired.generated is not None:
        return False
    fields = {
        name
        for name, wanted, value in (
            ("default", desired.default, parent.default),
            ("null", desired.null, parent.null),
        )
        if name in above.fields - fate.fields and wanted != value
    }
    if "default" in fields:
        fate.current = replace(fate.current, default=parent.default)
    if "null" in fields:
        fate.current = replace(fate.current, null=parent.null)
    fate.fields |= fields
    if fields:
        context.fates[key] = fate
    return bool(fields)


def _parent_columns(context: Context, key: Key) -> tuple[Key, ...]:
    """The columns of the same name in the tables that the column's table is a child of the whole time."""
    host = context.host(key)
    tables = [each for each in (context.before.get(host), context.after.get(host)) if isinstance(each, Table)]
    kept = frozenset.intersection(*(links(table) for table in tables)) if tables else frozenset()
    return tuple(key._replace(schema=link.parent[0], relation=link.parent[1]) for link in sorted(kept))
