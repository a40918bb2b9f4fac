"""A file of a tool on its way to a file of ours: its lines where they stood, and which of them are one statement.

Lines that say something to the tool alone are emptied, so that a message about line 7 is about line 7 of the tool's
file. A statement that semicolons would cut apart gets a delimiter for the whole file, as ``atlas:delimiter`` has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.directory import MigrationFile, add_directive
from atlas.engine.scan import DEFAULT, MYSQL, POSTGRES, SQLITE, scan
from atlas.errors import ParseError
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.scan import ScanOptions, Statement

_DIALECTS: Final = (DEFAULT, POSTGRES, MYSQL, SQLITE)
_OF_POSTGRES: Final = (DEFAULT, POSTGRES)
_DOLLAR_QUOTE: Final = re.compile(r"\$\w*\$")
_DELIMITERS: Final = ("-- end", "-- end of statement", "-- atlas: end of statement")
_STARTS: Final = re.compile(
    r"(?:ALTER|ANALYZE|CALL|COMMENT|CREATE|DELETE|DO|DROP|GRANT|INSERT|PRAGMA|RENAME|REPLACE|REVOKE|SELECT|SET|"
    r"TRUNCATE|UPDATE|VACUUM|WITH)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines in a row: from ``start`` (from 0) up to ``end``.

    ``is_whole``: they are one statement whatever is in them. ``delimiter`` ends the statements in them.
    """

    start: int
    end: int
    is_whole: bool = False
    delimiter: str = ";"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file.

    Attributes:
        source: The name that the tool knows.
        version: As the tool has it; '' for what runs again whenever it changes.
        numbers: The version as the tool orders it; () where it orders names.
        lines: Without line ends; what is not SQL is ''.
        pieces: In order; lines in none of them are empty.
        in_transaction: False where the tool runs it outside of one.
        notes: What was left out, for a person.
    """

    source: str
    version: str
    description: str
    lines: tuple[str, ...]
    pieces: tuple[Piece, ...]
    numbers: tuple[int, ...] = ()
    in_transaction: bool = True
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the file of ours."""
        return f"{self.version}_{self.description}.sql" if self.description else f"{self.version}.sql"

    def file(self) -> MigrationFile:
        """The file of ours, line for line."""
        plain = "\n".join(self.lines)
        file = MigrationFile(self.name, plain.encode())
        is_plain = all(map(self._is_cut_alike, self.pieces)) and all(map(self._is_closed, self.pieces[:-1]))
        if not is_plain:
            file = self._delimited(_unused_delimiter(plain))
        return file if self.in_transaction else _marked(file, "txmode", "none")

    def _is_cut_alike(self, piece: Piece) -> bool:
        text = self._text(piece)
        if piece.delimiter != ";":
            return not text.strip()
        return not piece.is_whole or is_one(text) or is_several(text)

    def _is_closed(self, piece: Piece) -> bool:
        """Whether what follows is no part of the last statement."""
        if not piece.is_whole:
            return True
        found = cuts(f"{self._text(piece)}\n;")
        return all(not statements or statements[-1].text == ";" for statements in found)

    def _delimited(self, delimiter: str) -> MigrationFile:
        lines = list(self.lines)
        for piece in reversed(
            self.pieces
        ):  # one may come out with a line more, so that others are not where they were
            lines[piece.start : piece.end] = _ended(self._text(piece), piece, delimiter).split("\n")
        return _marked(MigrationFile(self.name, "\n".join(lines).encode()), "delimiter", delimiter)

    def _text(self, piece: Piece) -> str:
        return "\n".join(self.lines[piece.start : piece.end])


def dialects_of(text: str) -> tuple[ScanOptions, ...]:
    """The scanners that a text may be meant for: a dollar quote is none of MySQL's or SQLite's."""
    return _OF_POSTGRES if _DOLLAR_QUOTE.search(text) else _DIALECTS


def cuts(text: str) -> list[tuple[Statement, ...] | None]:
    """The statements of a text for each scanner it may be meant for; None where one cannot read it."""
    return [_scanned(text, options) for options in dialects_of(text)]


def is_one(text: str) -> bool:
    """Whether every scanner finds one statement at most."""
    return all(found is not None and len(found) <= 1 for found in cuts(text))


def is_several(text: str) -> bool:
    """Whether those scanners that know bodies find the same statements, none of which is the rest of another."""
    _, *found = cuts(text)
    first = found[0]
    if first is None or any(each is None or _texts(each) != _texts(first) for each in found):
        return False
    return len(first) > 1 and all(_STARTS.match(statement.text) for statement in first)


def _texts(statements: Sequence[Statement]) -> list[str]:
    return [statement.text for statement in statements]


def _scanned(text: str, options: ScanOptions) -> tuple[Statement, ...] | None:
    try:
        return scan(text, options)
    except ParseError:
        return None


def _unused_delimiter(text: str) -> str:
    return next(each for each in _DELIMITERS if each not in text)


def _ended(text: str, piece: Piece, delimiter: str) -> str:
    """The text with the delimiter behind each statement, on as many lines."""
    if piece.is_whole:
        body = text.rstrip()
        return body + _behind(body, text[len(body) :], delimiter) if body else text
    if piece.delimiter != ";":
        return _with_delimiter_of(text, piece.delimiter, delimiter)
    found = next((each for each in cuts(text) if each is not None), None)
    if found is None:
        return _ended(text, replace(piece, is_whole=True), delimiter)
    data, place, parts = text.encode(), 0, []
    for statement in found:
        end = statement.position + len(statement.text.encode())
        parts.append(data[place:end].decode() + delimiter)
        place = end
    return "".join(parts) + data[place:].decode()


def _with_delimiter_of(text: str, given: str, delimiter: str) -> str:
    """The text with the delimiter in the place of its own one, where statements end."""
    return "".join(_replaced(f"{text}\n", given, delimiter)).removesuffix("\n")


def _replaced(text: str, given: str, delimiter: str) -> Iterator[str]:
    written = given.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    found = scan(f"-- atlas:delimiter {written}\n{text}", DEFAULT)
    data, place = text.encode(), 0
    for statement in found:
        end = statement.position + len(statement.text.encode())
        ended = data[place:end].decode()
        rest = data[end:]
        gap = len(rest) - len(rest.lstrip())
        at = rest.find(given.encode(), 0, gap + len(given.encode()))
        lines = "" if at < 0 else "\n" * given.count("\n")  # those behind are where they were
        yield ended + _behind(ended, rest[: gap if at < 0 else at].decode() + lines, delimiter)
        place = end + (gap if at < 0 else at + len(given.encode()))
    yield data[place:].decode()


def _behind(ended: str, between: str, delimiter: str) -> str:
    """What stands behind a statement; a comment to the end of the line would hide the delimiter."""
    last = ended[ended.rfind("\n") + 1 :]
    if "--" not in last and "#" not in last:
        return delimiter + between
    line, is_there, more = between.partition("\n")
    return f"{line}\n{delimiter}{more if is_there else ''}"


def _marked(file: MigrationFile, name: str, value: str) -> MigrationFile:
    """The file with a directive in its first line: in the place of empty lines if there are two, so that no line moves."""
    line = f"-- atlas:{name} {value}\n"
    first, second, *_ = [*file.text.split("\n", 2), "x", "x"]
    if file.text.startswith("-- atlas:delimiter "):
        end = file.content.find(b"\n") + 1
        return replace(file, content=file.content[:end] + line.encode() + file.content[end:])
    if not first.strip() and not second.strip():
        return replace(file, content=line.encode() + file.content.split(b"\n", 1)[1])
    if name == "delimiter":
        return replace(file, content=line.encode() + b"\n" + file.content)
    return add_directive(file, name, value)
