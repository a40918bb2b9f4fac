"""Which step needs which other: from what objects need in the two states to pairs of steps.

What is built needs what it stands on; what is removed needs that nothing stands on it any more. A column that gets
another type needs that whatever hinders it is gone. Names are free before they are given again.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from atlas.drivers.postgres.plan.context import Context, Verdict, parents_of
from atlas.drivers.postgres.plan.parts import comes, is_made_alone, is_part, partitions
from atlas.drivers.postgres.plan.step import Act, Phase, Step
from atlas.schema import Key, Kind
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from atlas.schema.walk import Object

_BY_TABLE = frozenset({Kind.FOREIGN_KEY, Kind.CHECK, Kind.TRIGGER, Kind.POLICY, Kind.COLUMN})
"""Kinds whose names are free in every table; the names of other kinds are so in a schema."""
_INDEXED = frozenset({Kind.INDEX, Kind.PRIMARY_KEY, Kind.UNIQUE, Kind.EXCLUDE})


class Edges:
    """Pairs of step numbers ``(dependent, needed)``."""

    def __init__(self, context: Context, steps: list[Step]) -> None:
        self._context = context
        self._steps = steps
        self._by: defaultdict[tuple[Key, Act], list[Step]] = defaultdict(list)
        self._children: defaultdict[Key, list[Step]] = defaultdict(list)
        for step in steps:
            self._by[step.key, step.act].append(step)
            self._children[context.host(step.key)].append(step)
        self._places = frozenset(_place(step.key) for step in steps)
        """Where anything is done at all: of a large schema a small part."""

    def hard(self) -> Iterator[tuple[int, int]]:
        """Pairs that the server insists on."""
        yield from self._given()
        yield from self._renames()
        yield from self._built()
        yield from self._removed()
        yield from self._same_key()
        yield from self._names()
        yield from self._parents()
        yield from self._logged()
        yield from self._columns_below()
        yield from self._wholes()

    def weak(self) -> Iterator[tuple[int, int]]:
        """Pairs that texts suggest."""
        for dependent, needed in self._pairs(self._context.weak.of):
            found = list(self._builders(needed))
            if needed.kind is Kind.TABLE:
                found += [step for step in self._children[needed] if step.act is Act.BUILD and step.clause_of]
            yield from _product(self._own(dependent, Act.BUILD), found)
        yield from self._partitions()

    def _partitions(self) -> Iterator[tuple[int, int]]:
        """Partitions are made before what refers to their parent: so they can be taken away after it."""
        for key, fate in self._context.fates.items():
            for parent in _parents_of(fate.desired) if fate.verdict is Verdict.ADD else ():
                made = self._by.get((key, Act.BUILD), ())
                for dependent in self._context.needs_after.by.get(parent, ()):
                    if dependent.kind is Kind.FOREIGN_KEY and self._context.host(dependent) != key:
                        yield from _product(self._own(dependent, Act.BUILD), made)

    def _pairs(self, of: dict[Key, set[Key]]) -> Iterator[tuple[Key, Key]]:
        for dependent, needs in of.items():
            for needed in needs:
                yield dependent, needed

    def _own(self, key: Key, *acts: Act) -> list[Step]:
        """Steps of the object itself, or of the relation that it is made in."""
        if _place(key) not in self._places:
            return []
        found = [step for act in acts for step in self._by.get((key, act), ())]
        if found or not key.kind.is_child:
            return found
        host = self._context.host(key)
        fate = self._context.fates.get(host)
        if fate is None:
            return []
        return [step for act in acts for step in self._by.get((host, act), ()) if step.clause_of is None]

    def _builders(self, key: Key) -> list[Step]:
        """Steps after which others can use it; of a new table not what it is told once it is there."""
        found = self._own(key, Act.BUILD)
        is_new = key.kind is Kind.TABLE and self._context.is_new(key)
        return [step for step in found if step.clause_of is None] if is_new else found

    def _given(self) -> Iterator[tuple[int, int]]:
        for step in self._steps:
            yield from ((step.number, needed) for needed in step.after)
            if step.clause_of is not None and self._context.is_new(step.clause_of):
                made = self._by.get((step.clause_of, Act.BUILD), ())
                yield from _product((step,), [each for each in made if each.clause_of is None])

    def _renames(self) -> Iterator[tuple[int, int]]:
        """Everything is written under desired names, so that renames come first, one after the other."""
        renames = [step for step in self._steps if step.phase is Phase.RENAME]
        if not renames:
            return
        yield from ((b.number, a.number) for a, b in pairwise(renames))
        for step in self._steps:
            if step.key.kind is Kind.SCHEMA and step.act is Act.BUILD:
                yield renames[0].number, step.number
            elif step.phase is not Phase.RENAME:
                yield step.number, renames[-1].number

    def _built(self) -> Iterator[tuple[int, int]]:
        for dependent, needed in self._pairs(self._context.needs_after.of):
            if _place(dependent) not in self._places:
                continue
            if is_part(self._context, dependent, needed):
                yield from self._part(dependent, needed)
            elif dependent.kind is Kind.SEQUENCE and needed.kind in {Kind.COLUMN, Kind.TABLE}:
                yield from _product(self._own(dependent, Act.FINISH), self._builders(needed))
            else:
                altered = self._context.leader(needed) if needed.kind is Kind.COLUMN else needed
                yield from _product(self._own(dependent, Act.BUILD), self._builders(altered))

    def _removed(self) -> Iterator[tuple[int, int]]:
        for dependent, needed in self._pairs(self._context.needs_before.of):
            if is_part(self._context, dependent, needed):
                continue
            removers = self._own(needed, Act.REMOVE)
            if self._context.goes(needed) and removers:
                yield from _product(removers, self._freeing(dependent, needed))
            leader = self._context.leader(needed) if needed.kind is Kind.COLUMN else needed
            if self._must_be_free(leader):
                yield from _product(self._by.get((leader, Act.BUILD), ()), self._gone(dependent))

    def _must_be_free(self, key: Key) -> bool:
        """A column that gets another type, or a type whose name another one takes."""
        fate = self._context.fates.get(key)
        if fate is None:
            return False
        if fate.verdict is Verdict.SWAP:
            return True
        return key.kind is Kind.COLUMN and bool(fate.fields & {"type", "collation"})

    def _gone(self, key: Key) -> list[Step]:
        is_swapped = self._context.verdict(key) is Verdict.SWAP
        return self._own(key, Act.REMOVE) if self._context.goes(key) and not is_swapped else []

    def _freeing(self, dependent: Key, needed: Key) -> list[Step]:
        """Steps after which ``dependent`` does not need what goes."""
        context = self._context
        if context.goes(dependent) and context.verdict(dependent) is not Verdict.SWAP:
            return self._own(dependent, Act.REMOVE)
        if dependent.kind is Kind.SEQUENCE and needed.kind in {Kind.COLUMN, Kind.TABLE}:
            return [*self._by.get((dependent, Act.FINISH), ())]
        early = [*self._by.get((dependent, Act.REMOVE), ())]
        if early and context.verdict(needed) is Verdict.RECREATE:
            return early
        return [
            *early,
            *self._by.get((dependent, Act.BUILD), ()),
            *self._by.get((dependent, Act.DETACH), ()),
        ]

    def _same_key(self) -> Iterator[tuple[int, int]]:
        for (key, act), steps in list(self._by.items()):
            if act is Act.REMOVE:
                for step in steps:
                    built = self._by.get((key, Act.BUILD), ())
                    if not any(each.number in step.after for each in built):
                        yield from _product(built, (step,))
                    if key.kind.is_child:
                        host = self._context.host(key)
                        yield from _product(self._by.get((host, Act.REMOVE), ()), (step,))
            if act is Act.FINISH:
                yield from _product(steps, self._by.get((key, Act.BUILD), ()))
                if key.kind.is_child:
                    yield from _product(steps, self._own(key, Act.BUILD))
                elif key.kind is Kind.TABLE:
                    indexes = [each for each in self._children[key] if each.key.kind in _INDEXED]
                    yield from _product(
                        [step for step in steps if step.clause_of],
                        [each for each in indexes if each.act is Act.BUILD],
                    )

    def _names(self) -> Iterator[tuple[int, int]]:
        """A name is given again only when who has it now is gone."""
        removed: defaultdict[tuple[str, ...], list[Step]] = defaultdict(list)
        for key, fate in self._context.fates.items():
            if fate.goes and fate.verdict is not Verdict.SWAP:
                removed[self._space(key)] += self._by.get((key, Act.REMOVE), ())
        for key, fate in self._context.fates.items():
            if fate.comes:
                for step in removed.get(self._space(key), ()):
                    if step.key != key:
                        yield from _product(self._by.get((key, Act.BUILD), ()), (step,))

    @staticmethod
    def _space(key: Key) -> tuple[str, ...]:
        name = key.name or f"{key.relation}_pkey"
        if key.kind in _BY_TABLE:
            kind = "constraint" if key.kind in {Kind.FOREIGN_KEY, Kind.CHECK} else key.kind.value
            return (kind, key.schema, key.relation, name)
        return ("relation", key.schema, name)

    def _parents(self) -> Iterator[tuple[int, int]]:
        """Tables leave their parents first and get new ones last; a new child is made of its parent as desired."""
        for key, fate in self._context.fates.items():
            if key.kind is not Kind.TABLE:
                continue
            before = _ancestors(fate.current, self._context.before)
            after = _ancestors(fate.desired, self._context.after)
            changed = (Act.BUILD, Act.REMOVE)
            for parent in before:
                touched = [*self._touching(parent, (*changed, Act.FINISH)), *self._touching(key, changed)]
                yield from _product(touched, self._by.get((key, Act.DETACH), ()))
            for parent in after:
                touched = [*self._touching(parent, changed), *self._touching(key, changed)]
                yield from _product(
                    self._by.get((key, Act.ATTACH), ()), [*touched, *self._by.get((key, Act.DETACH), ())]
                )
                if fate.verdict is Verdict.ADD:
                    clauses = [step for step in self._touching(parent, changed) if step.clause_of]
                    freed = [*clauses, *self._leaving(parent)]
                    yield from _product(self._by.get((key, Act.BUILD), ()), freed)

    def _leaving(self, parent: Key) -> list[Step]:
        """Their bounds may be those of a new partition."""
        return [
            step
            for key, fate in self._context.fates.items()
            if key.kind is Kind.TABLE and parent in _parents_of(fate.current)
            for step in self._by.get((key, Act.DETACH), ())
        ]

    def _part(self, part: Key, whole: Key) -> Iterator[tuple[int, int]]:
        """Parts with names are made before an index that takes them, and attached to one that does not."""
        own, made = self._own(part, Act.BUILD), self._by.get((whole, Act.BUILD), ())
        yield from _product(self._by.get((part, Act.BUILD), ()), self._by.get((whole, Act.REMOVE), ()))
        if not comes(self._context, whole) or is_made_alone(self._context, whole):
            yield from _product(own, self._builders(whole))
        else:
            yield from _product(made, own)

    def _wholes(self) -> Iterator[tuple[int, int]]:
        """An index whose parts have names, or that is made without parts, is made after the partitions."""
        for (key, act), steps in list(self._by.items()):
            if key.kind is not Kind.INDEX or act is not Act.BUILD or not comes(self._context, key):
                continue
            if f"{key.schema}.{key.name}" in self._context.attached_to or is_made_alone(self._context, key):
                for table in partitions(self._context, key):
                    host = Key(Kind.TABLE, table.schema, "", table.name)
                    created = [each for each in self._by.get((host, Act.BUILD), ()) if each.clause_of is None]
                    yield from _product(steps, created if self._context.is_new(host) else ())

    def _logged(self) -> Iterator[tuple[int, int]]:
        """A table that is logged refers to none that is not, also on the way."""
        for key, fate in self._context.fates.items():
            if not isinstance(fate.desired, Table) or "unlogged" not in fate.fields:
                continue
            own = self._setting_of(key)
            for each in fate.desired.foreign_keys:
                other = self._setting_of(Key(Kind.TABLE, each.ref_schema, "", each.ref_table))
                yield from _product(other, own) if fate.desired.unlogged else _product(own, other)

    def _columns_below(self) -> Iterator[tuple[int, int]]:
        """A change of a column goes down to the tables below, where it may be changed again."""
        for key in self._context.fates:
            if key.kind is Kind.COLUMN:
                own = [*self._by.get((key, Act.BUILD), ()), *self._by.get((key, Act.FINISH), ())]
                for schema, name in self._context.tables_below.get((key.schema, key.relation), ()):
                    below = key._replace(schema=schema, relation=name)
                    yield from _product(self._by.get((below, Act.BUILD), ()), own)
                    yield from _product(self._by.get((below, Act.FINISH), ()), own)

    def _setting_of(self, table: Key) -> list[Step]:
        found = self._by.get((table, Act.BUILD), ())
        return [step for step in found if step.sql.head in {"SET LOGGED", "SET UNLOGGED"}]

    def _touching(self, table: Key, acts: Iterable[Act]) -> list[Step]:
        return [step for step in self._children.get(table, ()) if step.act in acts]


def _place(key: Key) -> tuple[str, str]:
    """The names of an object that is no child, or of the relation of a child."""
    return key.schema, key.relation or key.name


def _parents_of(item: object) -> list[Key]:
    if not isinstance(item, Table):
        return []
    return [Key(Kind.TABLE, schema, "", name) for schema, name in parents_of(item)]


def _ancestors(item: object, objects: Mapping[Key, Object]) -> list[Key]:
    """Parents, and theirs: what changes in one of them changes in every table below it."""
    found: list[Key] = []
    pending = _parents_of(item)
    while pending:
        key = pending.pop()
        if key not in found:
            found.append(key)
            pending += _parents_of(objects.get(key))
    return found


def _product(dependents: Iterable[Step], needed: Iterable[Step]) -> Iterator[tuple[int, int]]:
    wanted = tuple(needed)
    for dependent in dependents:
        for each in wanted:
            if dependent.number != each.number:
                yield dependent.number, each.number
