"""What would go in silence with an object that is made anew: rights, rules, an owner, whatever the model does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from atlas.drivers.postgres.plan.context import Context
    from atlas.schema import Unmodelled

_RELATIONS = frozenset({Kind.VIEW, Kind.MATERIALIZED, Kind.SEQUENCE})


def refuse_lost(context: Context) -> None:
    """Refuse to make something anew that carries what this version cannot give back.

    Raises:
        Unsupported: The object, and the first thing that it would lose.
    """
    found = (*context.current.unmodelled, *context.current.foreign)
    for key, fate in context.fates.items():
        if not (fate.goes and fate.comes):
            continue
        _refuse_hidden(context, key)
        lost = next((each for each in found if _belongs(each, _current(context, key))), None)
        if lost is not None:
            raise Unsupported(
                f"{key} has to be made anew, which would lose the {lost.kind} {lost.name}: this version does not manage "
                "it; take it away first and give it back afterwards, or change the object by a versioned migration"
            )


def _refuse_hidden(context: Context, key: Key) -> None:
    """Refuse to lose a part that a pattern leaves alone: a trigger of a view, an index of a column."""
    current, realm = _current(context, key), context.current
    home = (current.schema, current.name)
    parts = [
        each
        for each in sorted(realm.excluded)
        if (each.schema, each.relation) == home and not key.kind.is_child
    ]
    parts += [hidden for hidden, needed in sorted(realm.needed) if needed == current]
    if parts:
        raise Unsupported(
            f"{key} has to be made anew, which would lose {parts[0]}, that is left alone by a pattern; take the pattern "
            "away, or change the object by a versioned migration"
        )


def _current(context: Context, key: Key) -> Key:
    """The key before the renames of the plan: what is found has the names of today."""
    named = {rename.key: rename.current_key for rename in context.renames}
    if key in named:
        return named[key]
    host = context.host(key)
    return key._replace(relation=named[host].name) if host != key and host in named else key


def _belongs(found: Unmodelled, key: Key) -> bool:
    place = f"{key.schema}.{key.relation or key.name}"
    if key.kind in _RELATIONS:
        return found.on == place
    if key.kind.is_child:
        is_statistics = key.kind is Kind.COLUMN and found.kind == "statistics object"
        return found.on == place and (is_statistics or _is_of(found.name, f"{place}.{key.name}"))
    return not found.on and _is_of(found.name, place)


def _is_of(text: str, name: str) -> bool:
    """Whether a text begins with a name: ``app.f(integer,text) to bob (EXECUTE)``, ``app.t.c from …``."""
    text, name = (_plain(each) for each in (text, name))
    return text.startswith(name) and text[len(name) : len(name) + 1] in {"", " ", "."}


def _plain(text: str) -> str:
    """NB: ``pg_identify_object`` writes no space after a comma, and ``pg_catalog`` before some types."""
    return text.replace('"', "").replace(", ", ",").replace("pg_catalog.", "")
