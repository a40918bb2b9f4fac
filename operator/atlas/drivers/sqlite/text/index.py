"""A CREATE INDEX text: the parts and the predicate."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.drivers.sqlite.text.names import without_parentheses
from atlas.drivers.sqlite.text.reader import Reader


@dataclass(frozen=True, slots=True)
class IndexText:
    """Parts without their direction, as written."""

    parts: tuple[str, ...]
    where: str = ""


def read_index(text: str, name: str) -> IndexText:
    """Read.

    Raises:
        Unsupported: Something in it is not understood.
    """
    reader = Reader(text, f'index "{name}"')
    reader.expect("CREATE")
    _ = reader.accept("UNIQUE")
    reader.expect("INDEX")
    _ = reader.accept("IF", "NOT", "EXISTS")
    reader.qualified_name()
    reader.expect("ON")
    reader.name()
    parts = tuple(_without_direction(part) for part in reader.parts())
    if not reader.accept("WHERE"):
        reader.end()
        return IndexText(parts)
    return IndexText(parts, without_parentheses(reader.rest()))


def _without_direction(part: str) -> str:
    reader = Reader(part, "index part")
    last = None
    while reader.token is not None:
        last = reader.next()
    if last is not None and last.word in {"ASC", "DESC"} and last.start:
        part = part[: last.start].rstrip()
    return without_parentheses(part)
