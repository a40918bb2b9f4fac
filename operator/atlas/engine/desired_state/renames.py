"""Renames that a desired state asks for in comments, since no catalog can tell a rename from a drop and an add.

``-- atlas:rename table "users" "accounts"`` and ``-- atlas:rename column "users"."name" "full_name"``. They stay
true after they were made: a rename of what is not there any more says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atlas.errors import DesiredStateError
from atlas.schema import Key, Kind, flatten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.engine.desired_state.states import SqlScript
    from atlas.schema import Realm

_DIRECTIVE: Final = re.compile(r"[ \t]*--[ \t]*atlas:rename\b(.*)$")
_NAME: Final = r'(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^\s".`]+)'
_RENAME: Final = re.compile(rf"\s+(\w+)\s+({_NAME}(?:\.{_NAME}){{0,2}})\s+({_NAME})\s*$")
_PARTS: Final = re.compile(_NAME)
_NOT_RENAMED: Final = frozenset(
    {Kind.PRIMARY_KEY, Kind.EXTENSION, Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE}
)
_KINDS: Final = {kind.value: kind for kind in Kind if kind not in _NOT_RENAMED}
_RELATIONS: Final = frozenset({Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED})


@dataclass(frozen=True, slots=True)
class _Asked:
    """One line; ``names`` are schema ('' when left out), relation ('' for no child) and name."""

    place: str
    kind: Kind
    schema: str
    relation: str
    name: str
    desired_name: str


def read_renames(scripts: Iterable[SqlScript], desired: Realm, *, bound: str) -> tuple[tuple[Key, Key], ...]:
    """The pairs ``(current, desired)`` that comments of ``scripts`` ask for.

    Raises:
        DesiredStateError: ``file:line: …`` for a line that cannot be read, or a desired name that is not there.
    """
    asked = [line for script in scripts for line in _asked(script)]
    if not asked:
        return ()
    there = flatten(desired)
    relations = {(line.schema, line.name): line.desired_name for line in asked if line.kind in _RELATIONS}
    return tuple(_pair(line, there, relations, bound) for line in asked)


def _pair(
    line: _Asked, there: Iterable[Key], relations: dict[tuple[str, str], str], bound: str
) -> tuple[Key, Key]:
    relation = relations.get((line.schema, line.relation), line.relation)
    fitting = [
        key
        for key in there
        if (key.kind, key.relation, key.name) == (line.kind, relation, line.desired_name)
        and key.schema == (line.schema or bound or key.schema)
    ]
    if len(fitting) != 1:
        what = f"{line.kind.value} {'.'.join(filter(None, (relation, line.desired_name)))}"
        reason = "the desired state has no" if not fitting else "name the schema too: there is more than one"
        raise DesiredStateError(f"{line.place}: {reason} {what}")
    desired = fitting[0]
    before = {after: current for (_, current), after in relations.items()}
    owner = before.get(line.relation, line.relation)
    if line.kind is Kind.SCHEMA:
        return Key(Kind.SCHEMA, "", "", line.name), desired
    return Key(line.kind, desired.schema, owner, line.name), desired


def _asked(script: SqlScript) -> Iterator[_Asked]:
    if "atlas:rename" not in script.text:
        return
    for number, line in enumerate(script.text.split("\n"), start=1):
        found = _DIRECTIVE.match(line.rstrip("\r"))
        if found:
            yield _read(found[1], f"{script.name}:{number}")


def _read(text: str, place: str) -> _Asked:
    found = _RENAME.fullmatch(text)
    kind = _KINDS.get(found[1].lower()) if found else None
    if found is None or kind is None:
        kinds = ", ".join(sorted(_KINDS))
        raise DesiredStateError(
            f'{place}: atlas:rename{text.rstrip()}: expected -- atlas:rename KIND "current" "desired", as '
            f'table "users" "accounts" or column "users"."name" "full_name"; KIND is one of {kinds}'
        )
    names = [_unquoted(name) for name in _PARTS.findall(found[2])]
    least = 2 if kind.is_child else 1
    if len(names) not in ({least} if kind is Kind.SCHEMA else {least, least + 1}):
        form = "table.name" if kind.is_child else "name"
        raise DesiredStateError(
            f"{place}: atlas:rename{text.rstrip()}: a {kind.value} is named by {form}, or with its schema before it"
        )
    schema = names[0] if len(names) > least else ""
    relation = names[-2] if kind.is_child else ""
    return _Asked(place, kind, schema, relation, names[-1], _unquoted(found[3]))


def _unquoted(name: str) -> str:
    quote = name[0]
    return name[1:-1].replace(quote * 2, quote) if quote in '"`' else name
