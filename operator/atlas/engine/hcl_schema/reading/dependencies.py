"""What cannot exist without what, as far as references and texts say.

References are certain. A name in the text of a view, a routine or an expression is a guess: it is believed unless it
would close a circle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.engine.hcl_schema.reading.catalogue import Catalogue
    from atlas.engine.hcl_schema.reading.document import Document
    from atlas.schema import Key

_NAME = re.compile(r'"((?:[^"]|"")+)"|`((?:[^`]|``)+)`|([^\W\d][\w$]*)')
_GUESSED = frozenset(
    {
        Kind.TABLE,
        Kind.VIEW,
        Kind.MATERIALIZED,
        Kind.FUNCTION,
        Kind.SEQUENCE,
        Kind.AGGREGATE,
        Kind.ENUM,
        Kind.DOMAIN,
    }
)


def all_dependencies(
    document: Document, catalogue: Catalogue, final: Mapping[Key, Key]
) -> frozenset[tuple[Key, Key]]:
    """Pairs ``(dependent, needed)`` of final keys; those of children also as pairs of their relations."""
    owners = {(entry.schema, entry.name): entry.key for entry in catalogue.entries}
    edges: dict[Key, set[Key]] = {}
    pairs = set(document.dependencies)
    for dependent, needed in document.dependencies:
        relation = owners.get((dependent.schema, dependent.relation)) if dependent.kind.is_child else None
        if relation is not None and relation != needed and dependent.kind is Kind.COLUMN:
            pairs.add((relation, needed))
    for dependent, needed in pairs:
        edges.setdefault(dependent, set()).add(needed)
    for dependent, needed in _guesses(document, catalogue):
        if needed not in edges.get(dependent, ()) and not _reaches(needed, dependent, edges):
            edges.setdefault(dependent, set()).add(needed)
            pairs.add((dependent, needed))
    return frozenset((final.get(first, first), final.get(second, second)) for first, second in pairs)


def _guesses(document: Document, catalogue: Catalogue) -> Iterator[tuple[Key, Key]]:
    names: dict[str, list[Key]] = {}
    for entry in catalogue.entries:
        if entry.kind in _GUESSED:
            names.setdefault(entry.name, []).append(entry.key)
    for dependent in sorted(document.texts):
        own = (dependent.schema, dependent.relation)
        for schema, name in sorted(_names_in(document.texts[dependent])):
            for needed in _meant(schema, names.get(name, []), dependent.schema):
                if needed != dependent and (needed.schema, needed.name) != own:
                    yield dependent, needed


def _meant(schema: str, found: list[Key], own_schema: str) -> list[Key]:
    """Those of the schema in front of the name, else those of the same schema, else all."""
    if len(found) < 2:  # noqa: PLR2004  nothing to choose from
        return found
    nearest = [key for key in found if key.schema == (schema or own_schema)]
    return nearest or found


def _names_in(texts: list[str]) -> set[tuple[str, str]]:
    """Every name with what stands in front of its dot, or ''."""
    found: set[tuple[str, str]] = set()
    for text in texts:
        if text.isdigit():
            continue
        end, last = -1, ""
        for match in _NAME.finditer(text):
            name = _unquoted(match)
            is_qualified = match.start() == end + 1 and text[end] == "."
            found.add((last if is_qualified else "", name))
            end, last = match.end(), name
    return found


def _unquoted(found: re.Match[str]) -> str:
    quoted, ticked, plain = found.groups()
    if quoted:
        return str(quoted).replace('""', '"')
    return str(ticked).replace("``", "`") if ticked else str(plain)


def _reaches(start: Key, goal: Key, edges: Mapping[Key, set[Key]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for key in edges.get(waiting.pop(), ()):
            if key == goal:
                return True
            if key not in seen:
                seen.add(key)
                waiting.append(key)
    return False
