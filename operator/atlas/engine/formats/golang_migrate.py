"""golang-migrate: ``VERSION_TITLE.up.sql`` beside ``VERSION_TITLE.down.sql``; a file is sent to the server whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.formats.draft import Draft, Piece
from atlas.engine.formats.folder import malformed, refused
from atlas.engine.formats.transactions import stands_alone
from atlas.record import replace

if TYPE_CHECKING:
    from atlas.engine.formats.folder import ToolFolder

_NAME: Final = re.compile(r"(?P<version>[0-9]+)_(?P<title>.*)\.(?P<way>up|down)\.sql")
_OTHER: Final = re.compile(r"[0-9]+_.*\.(?:up|down)\.\w+")
UP: Final = ".up.sql"


def summed(folder: ToolFolder) -> tuple[str, ...]:
    """The files of ``atlas.sum``, in its order."""
    return tuple(name for name in folder.sql_names if name.endswith(UP))


def drafts(folder: ToolFolder) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The files in the order of the tool, and those that are left out.

    Raises:
        DirectoryError: two files have one version, or a name is none of the tool's.
        Unsupported: a file that is no SQL, or a version that has only a way back.
    """
    _check_others(folder)
    found = {name: match for name in folder.sql_names if (match := _NAME.fullmatch(name))}
    odd = next((name for name in summed(folder) if name not in found), None)
    if odd:
        raise malformed(odd, 0, "golang-migrate passes this file over: expected VERSION_TITLE.up.sql")
    ups = sorted((int(match["version"]), name) for name, match in found.items() if match["way"] == "up")
    versions = {version for version, _ in ups}
    for name, match in found.items():
        if match["way"] == "down" and int(match["version"]) not in versions:
            raise refused(
                name, 0, "a version that has only a way back", "give it an .up.sql, which may be empty"
            )
    made = tuple(_draft(folder, name, found[name]) for _, name in ups)
    return made, tuple(name for name in folder.sql_names if not name.endswith(UP))


def _draft(folder: ToolFolder, name: str, match: re.Match[str]) -> Draft:
    lines = tuple(folder.text(name).split("\n"))
    draft = Draft(
        source=name,
        version=match["version"],
        description=match["title"],
        numbers=(int(match["version"]),),
        lines=lines,
        pieces=(Piece(0, len(lines)),),
    )
    # The server takes a text of one statement without a transaction around it; of several it makes one.
    return replace(draft, in_transaction=stands_alone(draft) != (1, 1))


def _check_others(folder: ToolFolder) -> None:
    odd = next((name for name in sorted(folder.others) if "/" not in name and _OTHER.fullmatch(name)), None)
    if odd:
        raise refused(
            odd, 0, "a migration that is no .sql file", "rename it to .up.sql or .down.sql if it is SQL"
        )
