"""A migration file, or a plan, as lint sees it: its statements with the differences that each of them made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from atlas.schema import Add, Drop, Key, Kind, Modify, Rename, flatten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.schema import Change, Realm
    from atlas.schema.walk import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class LintStatement:
    """One statement.

    Attributes:
        text: As it is sent, with its semicolon or without.
        position: In bytes from the start of the file.
        changes: The differences between ``before`` and ``after``.
        nolint: The values of its ``atlas:nolint`` directives; '' is one that names nothing.
    """

    text: str
    position: int
    changes: tuple[Change, ...]
    before: Realm
    after: Realm
    nolint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFile:
    """One file.

    Attributes:
        statements: In order; the states before and after them follow on one another.
        in_transaction: Whether it will run inside of a transaction.
        nolint: The values of the directives of the file itself.
        asserted: Classes and codes that its checks ask about before it runs, so that there is nothing to warn of.
        out_of_order: A file behind it in the directory was there before: a database may have passed it already.
    """

    name: str
    text: str
    dialect: str
    statements: tuple[LintStatement, ...]
    in_transaction: bool = True
    nolint: tuple[str, ...] = ()
    asserted: tuple[str, ...] = ()
    out_of_order: bool = False


class FileView:
    """A file with what its checks ask for: objects that it made itself harm nobody."""

    def __init__(self, file: LintFile) -> None:
        self.file = file
        self._objects: dict[int, dict[Key, Object]] = {}

    @property
    def dialect(self) -> str:
        return self.file.dialect

    def changes(self) -> Iterator[tuple[LintStatement, Change]]:
        """Every difference with the statement that made it, without those of objects that the file made."""
        for statement, fresh in zip(self.file.statements, self._fresh, strict=True):
            for change in statement.changes:
                if not _is_of(change, fresh):
                    yield statement, change

    def all_changes(self) -> Iterator[tuple[LintStatement, Change]]:
        """Every difference with the statement that made it."""
        for statement in self.file.statements:
            for change in statement.changes:
                yield statement, change

    def fresh(self, statement: LintStatement) -> frozenset[Key]:
        """The objects that the file had made before this statement."""
        for each, fresh in zip(self.file.statements, self._fresh, strict=True):
            if each is statement:
                return fresh
        return frozenset()

    def earlier(self, statement: LintStatement) -> Iterator[LintStatement]:
        """The statements before this one, in order."""
        for each in self.file.statements:
            if each is statement:
                return
            yield each

    def objects(self, realm: Realm) -> dict[Key, Object]:
        """Every object of a state by its key."""
        found = self._objects.get(id(realm))
        if found is None:
            found = self._objects[id(realm)] = flatten(realm)
        return found

    @cached_property
    def _fresh(self) -> tuple[frozenset[Key], ...]:
        """For each statement the objects that the file had made before it, and not dropped since."""
        made: set[Key] = set()
        found: list[frozenset[Key]] = []
        last: frozenset[Key] = frozenset()
        for statement in self.file.statements:
            found.append(last)
            for change in statement.changes:
                _note(change, made)
            if statement.changes:
                last = frozenset(made)
        return tuple(found)


def _note(change: Change, made: set[Key]) -> None:
    match change:
        case Add():
            made.add(change.key)
        case Drop():
            made.discard(change.key)
        case Rename():
            if change.current_key in made:
                made.discard(change.current_key)
                made.add(change.key)
        case Modify():
            pass


def _is_of(change: Change, fresh: frozenset[Key]) -> bool:
    key = change.current_key if isinstance(change, Rename) else change.key
    if isinstance(change, Add) and not key.kind.is_child:
        return False
    owners = [key, Key(Kind.SCHEMA, "", "", key.schema)]
    if key.kind.is_child:
        owners += [
            Key(kind, key.schema, "", key.relation) for kind in (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED)
        ]
    return any(owner in fresh for owner in owners)
