"""One migration file: what its name and its directives say, and how a new one is named and marked."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Final, Literal

from atlas.engine.directory.txtar import (
    ASSERT,
    DOWN,
    MIGRATION,
    TXTAR,
    checked_sections,
    checks_of,
    sections_of,
)
from atlas.engine.scan import directive, scan
from atlas.engine.scan.quote import quote, quote_list
from atlas.engine.scan.source import WHITE_SPACE
from atlas.errors import DirectoryError
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.engine.directory.txtar import Checks, Section
    from atlas.engine.scan import ScanOptions, Statement

TxMode = Literal["file", "all", "none"]

SUFFIX: Final = ".sql"
_CHECKPOINT: Final = "checkpoint"
_TX_MODE: Final = "txmode"
_BLANK_LINE: Final = re.compile(r"[ \t]*\n")
_LIKE_TXTAR: Final = re.compile(rf"(?:--|#).*\batlas:{TXTAR}\b.*", re.IGNORECASE)
_FIRST_COMMENTS: Final = re.compile(r"\ufeff?(?:[ \t\r]*(?:(?:--|#)[^\n]*)?(?:\n|\Z))*")


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """A file by its name without folders; equal if name and bytes are."""

    name: str
    content: bytes

    @property
    def version(self) -> str:
        """The name up to the first ``_``, without ``.sql``; any text, compared as text."""
        return self.name.removesuffix(SUFFIX).partition("_")[0]

    @property
    def description(self) -> str:
        """The name behind the first ``_``, without ``.sql``; often empty."""
        return self.name.partition("_")[2].removesuffix(SUFFIX)

    @property
    def text(self) -> str:
        """The content as text; bytes that are not UTF-8 survive as surrogate escapes."""
        return self.content.decode("utf-8", "surrogateescape")

    @property
    def is_checkpoint(self) -> bool:
        """Whether the file holds the whole schema up to its version, for databases that start there."""
        return bool(self.directives(_CHECKPOINT))

    @property
    def checkpoint_tag(self) -> str:
        """The tag of a checkpoint, ``""`` if it has none or the file is no checkpoint."""
        return next(iter(self.directives(_CHECKPOINT)), "")

    @property
    def is_archive(self) -> bool:
        """Whether the file has sections, of which ``migration.sql`` is what runs."""
        return any(directive(comment, TXTAR) is not None for comment in _top_comments(self.text))

    @property
    def is_in_sum(self) -> bool:
        """Whether content and hash are part of ``atlas.sum``; ``atlas:sum ignore`` in line 1 leaves only the name."""
        first_line = self.content.partition(b"\n")[0].decode("utf-8", "surrogateescape")
        return directive(first_line, "sum") != "ignore"

    def directives(self, name: str) -> tuple[str, ...]:
        """Return the values of the *file's* directives of this name, in order.

        They stand in the comment lines at the top, and only if a blank line or the end of the file follows;
        otherwise those comments belong to the first statement. Of a file with sections those of ``migration.sql`` count
        as well.
        """
        found = (directive(comment, name) for comment in self._comments())
        return tuple(value for value in found if value is not None)

    def _comments(self) -> list[str]:
        comments = _top_comments(self.text)
        if not any(directive(comment, TXTAR) is not None for comment in comments):
            return comments
        runs = (section for section in sections_of(self.content) if section.name == MIGRATION)
        return comments + [comment for section in runs for comment in _top_comments(section.text)]

    def tx_mode(self, global_mode: TxMode) -> TxMode:
        """Return how this file runs where ``global_mode`` is the rule.

        Raises:
            DirectoryError: the file's ``atlas:txmode`` is unknown, repeated or in conflict with the rule.
        """
        mode = self._own_tx_mode()
        if mode is None or mode == global_mode:
            return global_mode
        if global_mode == "all":
            raise DirectoryError(
                f'cannot set txmode directive to "{mode}" in {quote(self.name)} when txmode "all" is set globally'
            )
        return mode

    def _own_tx_mode(self) -> TxMode | None:
        match self.directives(_TX_MODE):
            case ():
                return None
            case ("none",):
                return "none"
            case ("file",):
                return "file"
            case ("all",):
                raise DirectoryError(
                    f'txmode "all" is not allowed in file directive {quote(self.name)}. Use "file" instead'
                )
            case (unknown,):
                raise DirectoryError(
                    f"unknown txmode {quote(unknown)} found in file directive {quote(self.name)}"
                )
            case several:
                raise DirectoryError(
                    f"multiple txmode values found in file {quote(self.name)}: {quote_list(several)}"
                )

    def statements(self, options: ScanOptions) -> tuple[Statement, ...]:
        """Return the file's statements; ``atlas:delimiter`` in line 1 is obeyed.

        Raises:
            ParseError: as :func:`atlas.engine.scan.scan`; the caller names the file.
            DirectoryError: its sections are not those of a migration file.
        """
        sections = self._sections()
        return sections[MIGRATION].statements(options) if sections else scan(self.text, options)

    def checks(self, options: ScanOptions) -> tuple[Checks, ...]:
        """Return what is asked before the file runs, in order; raises as ``statements``."""
        return tuple(
            checks_of(self.name, section, _top_comments(section.text), options)
            for section in self._sections().values()
            if section.is_checks
        )

    def down_statements(self, options: ScanOptions) -> tuple[Statement, ...] | None:
        """Return what takes the file back, None where it does not say; raises as ``statements``."""
        section = self._sections().get(DOWN)
        return section.statements(options) if section else None

    def asserted(self, options: ScanOptions) -> tuple[str, ...]:
        """Return the values of ``atlas:assert`` of all checks: what lint has not to warn of, for it is asked."""
        if not self.is_archive:
            return ()
        sections = [section for section in self._sections().values() if section.is_checks]
        at_top = [comment for section in sections for comment in _top_comments(section.text)]
        of_files = [value for comment in at_top if (value := directive(comment, ASSERT)) is not None]
        of_statements = [
            value
            for checks in self.checks(options)
            for statement in checks.statements
            for value in statement.directives(ASSERT)
        ]
        return (*of_files, *of_statements)

    def _sections(self) -> dict[str, Section]:
        """The sections by name, none of a file of statements alone.

        Raises:
            DirectoryError: they are wrong, or the directive stands where it is not heard: the checks would run as
                statements, whatever they answer.
        """
        if self.is_archive:
            return checked_sections(self.name, self.content)
        first = _FIRST_COMMENTS.match(self.text)
        comments = first[0].lstrip("\ufeff").splitlines() if first else []
        if any(_LIKE_TXTAR.fullmatch(comment.strip(WHITE_SPACE)) for comment in comments):
            raise DirectoryError(
                f"file {quote(self.name)} has 'atlas:txtar' where it is not heard: expected '-- atlas:txtar' in the "
                "comments of the first line on, with an empty line behind them (LF, no byte order mark)"
            )
        return {}


def _top_comments(text: str) -> list[str]:
    comments: list[str] = []
    position = 0
    while text.startswith(("#", "--"), position):
        newline = text.find("\n", position)
        if newline < 0:
            return []
        comments.append(text[position:newline].strip(WHITE_SPACE))
        position = newline + 1
    if position < len(text) and not _BLANK_LINE.match(text, position):
        return []
    return comments


def add_directive(file: MigrationFile, name: str, *values: str) -> MigrationFile:
    """Return the file with ``-- atlas:name values`` as its first line, parted from statements by a blank line."""
    line = " ".join((f"-- atlas:{name}", *values))
    gap = "\n" if _top_comments(file.text) else "\n\n"
    return replace(file, content=(line + gap).encode() + file.content)


def checkpoint_file(name: str, tag: str, content: bytes) -> MigrationFile:
    """Return a file that is marked as a checkpoint; ``tag`` may be empty."""
    return add_directive(MigrationFile(name, content), _CHECKPOINT, *([tag] if tag else []))


def generated_version(now: datetime) -> str:
    """Return the version of a file made at this (aware) time: 14 digits of UTC."""
    return now.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def new_file_name(version: str, name: str = "") -> str:
    """Return ``version_name.sql``, or ``version.sql`` without a name.

    Raises:
        DirectoryError: the result would not be the name of one file.
    """
    file_name = f"{version}_{name}{SUFFIX}" if name else f"{version}{SUFFIX}"
    check_file_name(file_name)
    return file_name


def check_file_name(name: str) -> None:
    """Raise DirectoryError unless ``name`` can be a file's name in UTF-8, without folders, and a line of atlas.sum."""
    if "/" in name or "\0" in name:
        raise DirectoryError(
            f"migration file {quote(name)} must have a name without '/'; directories have no sub-folders"
        )
    if not name.isascii() and any("\ud800" <= char <= "\udfff" for char in name):
        raise DirectoryError(f"migration file {quote(name)} must have a name in UTF-8; rename the file")
    if name[:1].isspace() or "\n" in name or "\r" in name or "h1:" in name:
        raise DirectoryError(
            f"migration file {quote(name)} cannot stand in atlas.sum: a name must not begin with a space, and must "
            'not hold a line break or "h1:"; rename the file'
        )
