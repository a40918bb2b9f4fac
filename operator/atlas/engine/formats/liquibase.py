"""Liquibase: SQL files of changesets, run in the order of their names as ``includeAll`` has it.

A changeset says how its text is cut. What says *whether* it runs (contexts, labels, preconditions, another database) is
refused: Liquibase asks each time, and a file of ours runs once, everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.engine.formats.changeset import (
    SLASH,
    Changeset,
    changeset_at,
    check_line,
    is_header,
    is_rollback,
    is_sql,
)
from atlas.engine.formats.draft import Draft, Piece, cuts
from atlas.engine.formats.folder import malformed, refused
from atlas.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.formats.folder import ToolFolder

_CHANGELOGS: Final = (".xml", ".yaml", ".yml", ".json")


def summed(folder: ToolFolder) -> tuple[str, ...]:
    """The files of ``atlas.sum``, in its order."""
    return folder.sql_names


def drafts(folder: ToolFolder) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The files in the order of the tool; none is left out.

    Raises:
        DirectoryError: a file that Liquibase refuses, or of which it passes over something.
        Unsupported: changelogs that are no SQL, folders of the folder, or what decides whether a changeset runs.
    """
    for path in sorted((*folder.contents, *folder.others)):
        if path.lower().endswith(_CHANGELOGS):
            raise refused(
                path,
                0,
                "a changelog that is no SQL",
                "have Liquibase print its SQL, or keep it outside this folder",
            )
        if "/" in path and path.endswith(".sql"):
            raise refused(path, 0, "a folder in the folder", "move the file up")
    return tuple(_draft(folder, name) for name in folder.sql_names), ()


def _draft(folder: ToolFolder, name: str) -> Draft:
    lines = folder.text(name).split("\n")
    version, _, title = name.removesuffix(".sql").partition("_")
    draft = Draft(source=name, version=version, description=title, lines=tuple(lines), pieces=())
    head = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not is_header(lines[head]):
        return _raw(draft)
    changesets = _changesets(name, lines, head)
    kept, pieces, notes = list(lines), [], []
    kept[head] = ""
    ends = [*(each.line - 1 for each in changesets), len(lines)][1:]
    for changeset, end in zip(changesets, ends, strict=True):
        if changeset.is_ignored:
            kept[changeset.line : end] = [""] * (end - changeset.line)
            notes.append(f"{name}:{changeset.line}: changeset {changeset.id}, which says ignore:true")
            continue
        kept[changeset.line : end] = _closed(changeset, kept[changeset.line : end])
        pieces.append(Piece(changeset.line - 1, end, changeset.is_whole, changeset.delimiter))
    return replace(
        draft,
        lines=tuple(kept),
        pieces=tuple(pieces),
        in_transaction=_in_transaction(name, changesets),
        notes=tuple(notes),
    )


def _raw(draft: Draft) -> Draft:
    """A file without the first line of changesets is one of its own."""
    for number, line in enumerate(draft.lines, 1):
        if changeset_at(draft.source, number, line):
            raise malformed(draft.source, 1, "expected '--liquibase formatted sql' in the first line")
        check_line(draft.source, number, line)
    return replace(draft, pieces=(Piece(0, len(draft.lines)),))


def _changesets(name: str, lines: Sequence[str], head: int) -> list[Changeset]:
    found: list[Changeset] = []
    for number, line in enumerate(lines[head + 1 :], head + 2):
        changeset = changeset_at(name, number, line)
        if changeset:
            first = next((each for each in found if each.id == changeset.id), None)
            if first:
                raise malformed(
                    name, number, f"changeset {changeset.id} is there already, in line {first.line}"
                )
            found.append(changeset)
            continue
        check_line(name, number, line)
        if not found and is_sql(line):
            raise malformed(name, number, "Liquibase passes over what stands before the first --changeset")
    return found


def _in_transaction(name: str, changesets: Sequence[Changeset]) -> bool:
    running = [each for each in changesets if not each.is_ignored]
    alone = [each for each in running if not each.in_transaction]
    if alone and len(alone) < len(running):
        raise refused(
            name,
            alone[0].line,
            "runInTransaction:false beside changesets in transactions",
            "a file runs in one transaction or in none; make a file of its own for it",
        )
    return not alone


def _closed(changeset: Changeset, lines: list[str]) -> list[str]:
    """The lines of a changeset so that its last statement ends with it."""
    if "\n" in changeset.delimiter:  # Liquibase joins lines with line feeds, whatever the file has
        return [line.removesuffix("\r") for line in lines]
    if changeset.delimiter == SLASH and not changeset.is_whole:
        return list(_slashed(lines))
    if changeset.is_whole or changeset.delimiter != ";":
        return lines
    lines = [
        "" if line.strip().lower() == "go" and _is_closed(lines[:at]) else _without_go(line)
        for at, line in enumerate(lines)
    ]
    lines = ["" if is_rollback(line) else line for line in lines]
    if _ends(lines):
        return lines
    if not lines[-1].strip() and len(lines) > 1:
        return [*lines[:-1], ";"]
    with_mark = [*lines[:-1], f"{lines[-1]};"]
    return with_mark if _ends(with_mark) else [*lines[:-1], f"{lines[-1]}\n;"]


def _slashed(lines: Sequence[str]) -> Iterator[str]:
    """The lines with our mark for each slash of its own, but for those with no statement before them."""
    has_statement = False
    for line in lines:
        is_slash = line.rstrip() == "/"
        yield (SLASH if has_statement else "") if is_slash else line
        has_statement = not is_slash and (has_statement or is_sql(line))


def _ends(lines: Sequence[str]) -> bool:
    """Whether the last statement has its semicolon: one more is a statement of its own, which is empty."""
    found = next((each for each in cuts("\n".join([*lines, ";"])) if each is not None), ())
    return not found or found[-1].text == ";"


def _without_go(line: str) -> str:
    return ";" if line.strip().lower() == "go" else line


def _is_closed(lines: Sequence[str]) -> bool:
    said = [line.strip() for line in lines if is_sql(line)]
    return not said or said[-1].endswith(";") or said[-1].lower() == "go"
