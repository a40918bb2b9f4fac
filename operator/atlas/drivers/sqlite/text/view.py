"""A CREATE VIEW text: the query, and the names of its columns where they are given."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.drivers.sqlite.text.reader import Reader


@dataclass(frozen=True, slots=True)
class ViewText:
    """``columns`` is () where the query names them."""

    definition: str
    columns: tuple[str, ...] = ()


def read_view(text: str, name: str) -> ViewText:
    """Read.

    Raises:
        Unsupported: Something in it is not understood.
    """
    reader = Reader(text, f'view "{name}"')
    reader.expect("CREATE")
    _ = reader.one_of("TEMP", "TEMPORARY")
    reader.expect("VIEW")
    _ = reader.accept("IF", "NOT", "EXISTS")
    reader.qualified_name()
    columns = reader.names() if reader.word == "(" else ()
    reader.expect("AS")
    return ViewText(reader.rest(), columns)
