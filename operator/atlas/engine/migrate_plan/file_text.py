"""The text of a migration file: what the Go tools write for the same statements, with the directives it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.directory import MigrationFile, add_directive, generated_version, new_file_name
from atlas.engine.scan import scan
from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError, ParseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from atlas.engine.directory import Directory
    from atlas.engine.plan import PlannedStatement
    from atlas.engine.scan import ScanOptions

_DELIMITERS = (";", "\n\n\n", "\n-- end\n", "\n-- end of statement\n")
"""Tried in this order; a body may hold the first two, and nobody's body holds all of them."""


def migration_text(statements: Sequence[PlannedStatement], indent: str, options: ScanOptions) -> str:
    """Comments and statements; a delimiter of its own where semicolons would cut a statement apart."""
    texts = [statement.text(indent) for statement in statements]
    for delimiter in _DELIMITERS:
        body = "".join(
            f"{_comment(statement.comment)}{text}{delimiter}{'' if delimiter.endswith(chr(10)) else chr(10)}"
            for statement, text in zip(statements, texts, strict=True)
        )
        head = "" if delimiter == ";" else f"-- atlas:delimiter {_escaped(delimiter)}\n\n"
        if _is_cut_right(head + body, texts, delimiter, options):
            return head + body
    raise ParseError(
        "the planned statements cannot be written to one file: none of the delimiters parts them"
    )


def migration_file(
    statements: Sequence[PlannedStatement], *, version: str, name: str, indent: str, options: ScanOptions
) -> MigrationFile:
    """The file; ``atlas:txmode none`` where a statement cannot run inside of a transaction."""
    content = migration_text(statements, indent, options)
    return with_tx_mode(MigrationFile(new_file_name(version, name), content.encode()), statements)


def with_tx_mode(file: MigrationFile, statements: Iterable[PlannedStatement]) -> MigrationFile:
    """``file`` with the directive that its statements need."""
    if all(statement.in_transaction for statement in statements):
        return file
    return with_directive(file, "txmode", "none")


def with_directive(file: MigrationFile, name: str, *values: str) -> MigrationFile:
    """``file`` with a directive of its own at the top, behind a delimiter, which must stay the first line."""
    first, newline, rest = file.text.partition("\n")
    if first.startswith("-- atlas:delimiter "):
        line = " ".join((f"-- atlas:{name}", *values))
        return MigrationFile(file.name, f"{first}{newline}{line}\n{rest}".encode())
    return add_directive(file, name, *values)


def version_after(directory: Directory, now: datetime, name: str = "") -> str:
    """A version of now for a new file, or the next number where a file of now would not be the last one.

    Files are ordered by name and revisions by version, as text: ``20260102030405_a.sql`` comes before ``2_b.sql``.

    Raises:
        DirectoryError: No version that we can think of comes last.
    """
    version = generated_version(now)
    if not directory.files:
        return version
    last = max(file.version for file in directory.files)
    following = [version]
    if last.isascii() and last.isdecimal():
        following.append(str(int(last) + 1).zfill(len(last)))
    for each in following:
        if each > last and new_file_name(each, name) > directory.files[-1].name:
            return each
    raise DirectoryError(
        f"a file of now, {quote(new_file_name(version, name))}, would run before {quote(directory.files[-1].name)}: "
        "files run in the order of their names; rename the files to versions of one length, and run 'atlas migrate hash'"
    )


def _comment(text: str) -> str:
    return f"-- {text[:1].upper()}{text[1:]}\n" if text else ""


def _escaped(delimiter: str) -> str:
    return delimiter.replace("\n", r"\n")


def _is_cut_right(text: str, expected: Sequence[str], delimiter: str, options: ScanOptions) -> bool:
    end = delimiter if delimiter == ";" else ""
    try:
        found = scan(text, options)
    except ParseError:
        return False
    return [statement.text for statement in found] == [text.strip() + end for text in expected]
