"""Cuts a text into statements, and weighs E-strings against compatibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.scan.blocks import Blocks
from atlas.engine.scan.source import WHITE_SPACE, Source, Unreadable, decoded
from atlas.engine.scan.statement import Statement
from atlas.errors import ParseError
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from atlas.engine.scan.options import ScanOptions
    from atlas.engine.scan.reader import Cut, Reader


def scan(text: str, options: ScanOptions) -> tuple[Statement, ...]:
    r"""Return the statements of ``text`` in order; comments alone make none.

    The Go tools never see ``E'\''`` as one string. Their cut is kept wherever it only joins statements, since
    hashes of it may stand in a revisions table; where it fails or cuts inside such a string, the string counts.

    Raises:
        ParseError: an open quote or parenthesis, an unexpected ``)``, a delimiter that is empty or ends the text.
    """
    source = Source(_encoded(text))
    if not options.escape_strings or b"\\'" not in source.data:
        return _read_all(source, options).statements
    return _scan_escape_strings(source, options).statements


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise ParseError(
            f"the text cannot be written as UTF-8 at character {error.start}; save the file as UTF-8"
        ) from error


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a text: its statements, and where they end with their delimiters."""

    statements: tuple[Statement, ...]
    ends: tuple[int, ...]


def _scan_escape_strings(source: Source, options: ScanOptions) -> _Reading:
    try:
        plain = _read_all(source, replace(options, escape_strings=False))
    except ParseError:
        return _read_all(source, options)
    try:
        escaped = _read_all(source, options)
    except ParseError:
        return plain
    return plain if _only_joins(plain, escaped) else escaped


def _only_joins(plain: _Reading, escaped: _Reading) -> bool:
    """Whether each plain statement is whole escaped ones, each with its ``;``, so that a server runs them alike."""
    ends = set(plain.ends)
    joined = (
        statement for statement, end in zip(escaped.statements, escaped.ends, strict=True) if end not in ends
    )
    return ends <= set(escaped.ends) and all(statement.text.endswith(";") for statement in joined)


def _read_all(source: Source, options: ScanOptions) -> _Reading:
    """Read the whole text one way, as :func:`scan` documents."""
    blocks = Blocks(source, options)
    statements: list[Statement] = []
    ends: list[int] = []
    try:
        reader = blocks.reader()
        while cut := blocks.read(reader):
            statements.append(_statement(source, reader, cut))
            ends.append(cut.end)
    except Unreadable as failure:
        if failure.offset is None:
            raise ParseError(failure.message) from failure
        raise ParseError(f"{source.place(failure.offset)}: {failure.message}") from failure
    return _Reading(tuple(statements), tuple(ends))


def _statement(source: Source, reader: Reader, cut: Cut) -> Statement:
    text = decoded(source.data[cut.start : reader.text_end(cut)]).strip(WHITE_SPACE)
    return Statement(cut.start - reader.skipped, text, tuple(map(decoded, cut.comments)))
