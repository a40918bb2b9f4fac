"""``migrate import``: files of a tool written anew as files of ours, and what was left out or is called otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.directory import Directory, MigrationFile, add_directive, directory_of
from atlas.engine.formats.draft import cuts, dialects_of
from atlas.engine.formats.order import in_order
from atlas.engine.formats.read import check_sum, drafts_of
from atlas.engine.scan import scan
from atlas.errors import ParseError
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.formats.draft import Draft
    from atlas.engine.formats.folder import ToolFolder
    from atlas.engine.scan import Statement


@dataclass(frozen=True, slots=True)
class Converted:
    """A directory without a sum.

    ``renamed`` are versions of the tool that are called otherwise now, ``once`` the files that the tool runs again
    whenever they change, with their versions; ``left_out`` the SQL files that are not in it, ``notes`` what was left out
    of files; all for a person.
    """

    directory: Directory
    renamed: tuple[tuple[str, str], ...] = ()
    once: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def converted(tool: str, folder: ToolFolder, digits: int = 0) -> Converted:
    """The folder as files of ours, in the order of the tool; ``digits`` as ``in_order`` has it.

    Raises:
        ChecksumMismatch: The folder has an ``atlas.sum``, and the files are others.
        DirectoryError: A file that the tool refuses.
        Unsupported: What the tool does with a file and we cannot.
    """
    check_sum(tool, folder)
    found, left_out = drafts_of(tool, folder)
    made = in_order(found, digits)
    pairs = tuple(zip(found, made, strict=True))
    return Converted(
        directory_of([_tidy(draft) for draft in made]),
        renamed=tuple(
            (before.version, after.version)
            for before, after in pairs
            if before.version not in ("", after.version)
        ),
        once=tuple((before.source, after.version) for before, after in pairs if not before.version),
        left_out=left_out,
        notes=tuple(note for draft in made for note in draft.notes),
    )


def _tidy(draft: Draft) -> MigrationFile:
    """Each statement with the comments before it, as the Go tools write it; the lines as they are where that differs."""
    file = draft.file()
    readings = cuts(file.text)
    first = readings[0]
    if first is not None and all(each == first for each in readings):
        text = "".join(_lines(first))
        if _reads_alike(text, first):
            tidy = MigrationFile(file.name, text.encode())
            return tidy if draft.in_transaction else add_directive(tidy, "txmode", "none")
    return MigrationFile(file.name, f"{file.text.strip()}\n".encode())


def _lines(statements: Sequence[Statement]) -> Iterator[str]:
    for statement in statements:
        yield from (f"{comment.rstrip(chr(10))}\n" for comment in statement.comments)
        yield f"{statement.text.removesuffix(';')};\n"


def _reads_alike(text: str, statements: Sequence[Statement]) -> bool:
    wanted = [f"{statement.text.removesuffix(';')};" for statement in statements]
    try:
        return all([each.text for each in scan(text, options)] == wanted for options in dialects_of(text))
    except ParseError:
        return False
