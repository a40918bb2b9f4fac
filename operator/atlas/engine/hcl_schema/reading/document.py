"""All files of a schema while they are read: their texts, what is known of all of them, and what was left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.sql_text import is_mysql
from atlas.hcl import parse
from atlas.hcl.nodes import Body
from atlas.hcl.positions import Range, error_in_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.schema_ports import TypeNames
    from atlas.errors import ParseError
    from atlas.schema import Key

_PLACED = re.compile(r"(.*?):(\d+):(\d+): (.*)\Z", re.DOTALL)


class Document:
    """What the readers of all blocks share.

    Attributes:
        dependencies: Pairs of keys ``(dependent, needed)``, as references say them.
        texts: SQL of an object that may name others, by its key.
    """

    def __init__(self, files: Sequence[tuple[str, str]], dialect: str, types: TypeNames) -> None:
        self.dialect = dialect
        self.is_mysql = is_mysql(dialect)
        self.types = types
        self.warnings: list[str] = []
        self.renames: list[tuple[Key, Key]] = []
        self.dependencies: set[tuple[Key, Key]] = set()
        self.texts: dict[Key, list[str]] = {}
        self._lines = {name: text.removeprefix("\ufeff").split("\n") for name, text in files}
        self._texts = dict(files)

    @property
    def family(self) -> str:
        """The dialect as vocabularies know it; MariaDB has that of MySQL."""
        return "mysql" if self.is_mysql else self.dialect

    def source(self, place: Range) -> str:
        """The text of a range on one line."""
        return self._lines[place.file_name][place.line - 1][place.column - 1 : place.end_column - 1]

    def is_heredoc(self, place: Range) -> bool:
        """Whether a heredoc begins there."""
        return self._lines[place.file_name][place.line - 1].startswith("<<", place.column - 1)

    def error(self, place: Range, message: str) -> ParseError:
        """An error that shows its line."""
        return error_in_text(place, message, self._texts.get(place.file_name, ""))

    def with_line(self, error: ParseError) -> ParseError:
        """An error that knows no more than its place, with the line and a caret."""
        text = str(error)
        found = _PLACED.match(text)
        if found is None or "\n" in text or found[1] not in self._texts:
            return error
        line, column = int(found[2]), int(found[3])
        return self.error(Range(found[1], line, column, line, column), found[4])

    def warn(self, place: Range, message: str) -> None:
        self.warnings.append(f"{place}: {message}")

    def needs(self, dependent: Key, needed: Key) -> None:
        """Note that the first cannot exist without the second."""
        if dependent != needed:
            self.dependencies.add((dependent, needed))

    def mentions(self, dependent: Key, text: str) -> None:
        """Note SQL in which other objects may be named."""
        if text:
            self.texts.setdefault(dependent, []).append(text)


def parse_files(files: Sequence[tuple[str, str]]) -> Body:
    """One body of all files. Attributes outside of blocks are kept, so that they can be warned of."""
    bodies = [parse(text, name) for name, text in files]
    attributes = {f"{body.range}.{name}": each for body in bodies for name, each in body.attributes.items()}
    return Body(
        attributes,
        tuple(block for body in bodies for block in body.blocks),
        bodies[0].range if bodies else Range("", 1, 1, 1, 1),
    )
