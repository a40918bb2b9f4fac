"""Migration files that are archives of text: what is asked before they run, what runs, and what would take it back.

The notation is that of Go's ``txtar``: a line ``-- NAME --`` begins a section that ends with the next such line. A
comment of that form begins one too, so a name that means nothing is refused: its statements would never run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.scan import directive, scan
from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError, ParseError
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.scan import ScanOptions, Statement

TXTAR: Final = "txtar"
ASSERT: Final = "assert"
ONE_OF: Final = "oneof"
MIGRATION: Final = "migration.sql"
DOWN: Final = "down.sql"
_MARKER: Final = re.compile(rb"^-- (?P<name>[^\n]*?) --(?:\r?\n|\Z)", re.MULTILINE)
_LIKE_MARKER: Final = re.compile(
    rb"^[^\S\n]*--[^\S\n]*(?:checks\.sql|checks/\S+\.sql|migration\.sql|down\.sql)[^\S\n]*--[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_CHECKS: Final = re.compile(r"checks\.sql|checks/[^/\s]+\.sql")
_BLANK_OR_COMMENT: Final = re.compile(r"(?:[ \t\r]*(?:(?:--|#)[^\n]*)?(?:\n|\Z))*")
_QUERY: Final = re.compile(
    r"(?:\s|\(|--[^\n]*\n|#[^\n]*\n|/\*(?!M?!).*?\*/)*+(?:SELECT|WITH|VALUES|TABLE)\b",
    re.IGNORECASE | re.DOTALL,
)
_INTO: Final = re.compile(r"(?<![A-Za-z_$])INTO(?![\w$])", re.IGNORECASE)
_FILE: Final = re.compile(r"(?<![A-Za-z_$])(?:OUTFILE|DUMPFILE)(?![\w$])", re.IGNORECASE)
"""NB: the digits of a comment that MySQL runs stand right before a word: ``/*!50000OUTFILE*/``."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a file; ``offset`` is where its text begins in the file, in bytes."""

    name: str
    content: bytes
    offset: int

    @property
    def text(self) -> str:
        """The content as text; bytes that are not UTF-8 survive as surrogate escapes."""
        return self.content.decode("utf-8", "surrogateescape")

    @property
    def is_checks(self) -> bool:
        """Whether its statements are asked before the file runs."""
        return bool(_CHECKS.fullmatch(self.name))

    def statements(self, options: ScanOptions) -> tuple[Statement, ...]:
        """The statements; positions count from the start of the file.

        Raises:
            ParseError: With the name of the section; the caller names the file.
        """
        try:
            found = scan(self.text, options)
        except ParseError as error:
            raise ParseError(f"{self.name}: {error}") from error
        return tuple(replace(each, position=each.position + self.offset) for each in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Questions to a database before a file runs, each to be answered with one true value.

    Attributes:
        name: Of the section, as ``checks/destructive.sql``.
        needs_all: All of them have to be true; False where one is enough.
    """

    name: str
    statements: tuple[Statement, ...]
    needs_all: bool = True


def sections_of(content: bytes) -> tuple[Section, ...]:
    """The sections as they stand there, whatever they are called."""
    marks = [mark for mark in _MARKER.finditer(content) if mark["name"].strip()]
    ends = [mark.start() for mark in marks[1:]] + [len(content)] * bool(marks)
    return tuple(
        Section(
            mark["name"].strip().decode("utf-8", "surrogateescape"),
            _whole_lines(content[mark.end() : end]),
            mark.end(),
        )
        for mark, end in zip(marks, ends, strict=True)
    )


def _whole_lines(content: bytes) -> bytes:
    return content if content.endswith(b"\n") or not content else content + b"\n"


def checked_sections(file_name: str, content: bytes) -> dict[str, Section]:
    """The sections by name, in order.

    Raises:
        DirectoryError: One that means nothing or has blanks around its line, one that is there twice, no ``migration.sql``, or a statement before
            the first of them.
    """
    _check_markers(file_name, content)
    named: dict[str, Section] = {}
    for section in sections_of(content):
        if section.name not in (MIGRATION, DOWN) and not section.is_checks:
            raise DirectoryError(
                f"file {quote(file_name)} has a section {quote(section.name)}, which means nothing: expected "
                "checks.sql, checks/NAME.sql, migration.sql or down.sql. A comment of the form '-- … --' begins a "
                "section in such a file: write it another way"
            )
        if section.name in named:
            raise DirectoryError(
                f"file {quote(file_name)} has the section {quote(section.name)} twice: make one of them"
            )
        named[section.name] = section
    if MIGRATION not in named:
        raise DirectoryError(
            f"file {quote(file_name)} is a txtar file without a section migration.sql: begin what it should run with "
            "the line '-- migration.sql --'"
        )
    if not _BLANK_OR_COMMENT.fullmatch(_head(content)):
        raise DirectoryError(
            f"file {quote(file_name)} has text before its first section, which would never run: move it into "
            "migration.sql"
        )
    return named


def _check_markers(file_name: str, content: bytes) -> None:
    for like in _LIKE_MARKER.finditer(content):
        if not _MARKER.match(content, like.start()):
            line = content.count(b"\n", 0, like.start()) + 1
            raise DirectoryError(
                f"file {quote(file_name)} has {quote(like[0].decode('utf-8', 'surrogateescape'))} in line {line}, which "
                "begins no section: expected '-- NAME --' with one space on each side of the name, and none before or "
                "behind"
            )


def _head(content: bytes) -> str:
    first = next(mark for mark in _MARKER.finditer(content) if mark["name"].strip())
    return content[: first.start()].decode("utf-8", "surrogateescape")


def _file_word(text: str) -> str:
    """OUTFILE or DUMPFILE behind an INTO, '' where there is neither.

    Wherever they stand: what is a text and what a comment depends on the server's settings, and no check needs them.
    """
    into = _INTO.search(text)
    found = _FILE.search(text, into.end()) if into else None
    return found[0].upper() if found else ""


def checks_of(file_name: str, section: Section, top: Iterable[str], options: ScanOptions) -> Checks:
    """The questions of one section; ``top`` are the comments at its head that belong to no statement.

    Raises:
        DirectoryError: None are there, or one is no query, or ``oneof`` stands where it says nothing.
        ParseError: As ``Section.statements``.
    """
    statements = section.statements(options)
    where = f"section {quote(section.name)} of file {quote(file_name)}"
    if not statements:
        raise DirectoryError(f"{where} asks nothing: write a query that answers with true, or leave it out")
    for statement in statements:
        if any(ONE_OF in value.split() for value in statement.directives(ASSERT)):
            raise DirectoryError(
                f"{where} has 'atlas:assert oneof' on a statement, where it is about the whole section: put a blank "
                "line after it"
            )
        if not _QUERY.match(statement.text):
            raise DirectoryError(
                f"{where} has a statement that is no query: {quote(statement.text)}; a check may change nothing, "
                "expected a SELECT that answers with one true value"
            )
        if word := _file_word(statement.text):
            raise DirectoryError(
                f"{where} has a statement that writes a file of the server: {quote(statement.text)}; a check may change "
                f"nothing, expected a SELECT without INTO {word}"
            )
        if len(scan(statement.text, options)) > 1:
            raise DirectoryError(f"{where} has several statements as one: {quote(statement.text)}; part them")
    values = [value for comment in top if (value := directive(comment, ASSERT)) is not None]
    return Checks(
        name=section.name,
        statements=statements,
        needs_all=not any(ONE_OF in value.split() for value in values),
    )
