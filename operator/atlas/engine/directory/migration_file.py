"""One migration file: what its name and its directives say, and how a new one is named and marked."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Final, Literal

from atlas.engine.scan import directive, scan
from atlas.engine.scan.quote import quote, quote_list
from atlas.engine.scan.source import WHITE_SPACE
from atlas.errors import DirectoryError
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.engine.scan import ScanOptions, Statement

TxMode = Literal["file", "all", "none"]

SUFFIX: Final = ".sql"
_CHECKPOINT: Final = "checkpoint"
_TX_MODE: Final = "txmode"
_BLANK_LINE: Final = re.compile(r"[ \t]*\n")


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
    def is_in_sum(self) -> bool:
        """Whether content and hash are part of ``atlas.sum``; ``atlas:sum ignore`` in line 1 leaves only the name."""
        first_line = self.content.partition(b"\n")[0].decode("utf-8", "surrogateescape")
        return directive(first_line, "sum") != "ignore"

    def directives(self, name: str) -> tuple[str, ...]:
        """Return the values of the *file's* directives of this name, in order.

        They stand in the comment lines at the top, and only if a blank line or the end of the file follows;
        otherwise those comments belong to the first statement.
        """
        found = (directive(comment, name) for comment in _top_comments(self.text))
        return tuple(value for value in found if value is not None)

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
        """
        return scan(self.text, options)


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
