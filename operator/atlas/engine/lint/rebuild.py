"""SQLite's way to change a table, as one change: a new table, its rows copied, the old one dropped, the new one renamed.

See https://www.sqlite.org/lang_altertable.html#otheralter. Statement by statement it looks like a table that is
lost; taken together it is a table that is modified.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.schema import Add, Drop, Kind, Rename

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.lint.file import LintStatement
    from atlas.schema import Change, Key, Realm

    Difference = Callable[[Realm, Realm], tuple[Change, ...]]


def folded(statements: Sequence[LintStatement], difference: Difference) -> tuple[LintStatement, ...]:
    """The statements, with the changes of each rebuild laid to the one that makes the new table.

    ``difference`` compares two states.
    """
    found = list(statements)
    for start, statement in enumerate(found):
        for change in statement.changes:
            if isinstance(change, Add) and change.key.kind is Kind.TABLE:
                end = _end(found, start, change.key)
                if end is not None:
                    _fold(found, start, end, change.key, difference)
    return tuple(found)


def _end(statements: Sequence[LintStatement], start: int, temporary: Key) -> int | None:
    """The index of the statement that gives the new table a name that was dropped before it."""
    dropped: set[Key] = set()
    for index in range(start + 1, len(statements)):
        for change in statements[index].changes:
            match change:
                case Drop(key=key):
                    dropped.add(key)
                case Rename(current_key=current, key=key) if current == temporary and key in dropped:
                    return index
                case _:
                    pass
    return None


def _fold(
    statements: list[LintStatement], start: int, end: int, temporary: Key, difference: Difference
) -> None:
    renamed = next(
        change.key
        for change in statements[end].changes
        if isinstance(change, Rename) and change.current_key == temporary
    )
    names = {temporary, renamed}
    for index in range(start, end + 1):
        kept = tuple(change for change in statements[index].changes if not _is_part(change, names))
        statements[index] = replace(statements[index], changes=kept)
    first, last = statements[start], statements[end]
    made = tuple(change for change in difference(first.before, last.after) if _owner(change.key) == renamed)
    statements[start] = replace(first, changes=(*made, *first.changes), after=last.after)


def _owner(key: Key) -> Key:
    return key.parent or key


def _is_part(change: Change, names: set[Key]) -> bool:
    keys = {_owner(change.key)}
    if isinstance(change, Rename):
        keys.add(_owner(change.current_key))
    return bool(keys & names)
