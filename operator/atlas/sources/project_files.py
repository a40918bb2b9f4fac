"""The files that a project file names: see ``hcl.functions.Files``. Paths are relative to the folder it lies in."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WILD: Final = {"*": ".*", "?": "."}
_ALTERNATIVES: Final = {"{": "(?:", ",": "|", "}": ")"}
_MAGIC: Final = re.compile(r"[*?\[{\\]")


class ProjectFiles:
    """Files by their paths from one folder; an absolute path is one from anywhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()

    def read(self, path: str) -> str:
        place = Path(os.path.normpath(self._folder / path))
        try:
            return place.read_bytes().decode()
        except OSError as error:
            message = (
                f'file "{path}" cannot be read: {error.strerror}: expected it at {place},'
                " for paths are relative to the folder of the file that names them"
            )
            raise ValueError(message) from error
        except UnicodeDecodeError as error:
            message = f'file "{path}" is no text: expected UTF-8'
            raise ValueError(message) from error

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]:
        """Absolute paths, in their order. ``**`` alone is also every folder below, and enters no link to one."""
        first, *segments = os.path.normpath(self._folder / pattern).split("/")
        patterns = [_segment(segment, alternatives=recursive) for segment in segments]
        found = set(_matching(Path(f"{first}/"), segments, patterns, recursive=recursive))
        return sorted(map(str, found))


def _matching(
    folder: Path, segments: Sequence[str], patterns: Sequence[re.Pattern[str] | None], *, recursive: bool
) -> Iterator[Path]:
    """What lies in a folder and matches, segment by segment. What may not be looked into holds nothing."""
    if not segments:
        yield folder
        return
    if recursive and segments[0] == "**":
        yield from _at_any_depth(folder, segments, patterns)
    elif patterns[0] is None:
        path = folder / segments[0]
        if path.exists():
            yield from _matching(path, segments[1:], patterns[1:], recursive=recursive)
    else:
        for entry in _entries(folder):
            if patterns[0].fullmatch(entry.name) and (len(segments) == 1 or entry.is_dir()):
                yield from _matching(Path(entry), segments[1:], patterns[1:], recursive=recursive)


def _at_any_depth(
    folder: Path, segments: Sequence[str], patterns: Sequence[re.Pattern[str] | None]
) -> Iterator[Path]:
    """What matches behind a ``**``."""
    rest = segments[1:]
    if rest:
        yield from _matching(folder, rest, patterns[1:], recursive=True)
    for entry in _entries(folder):
        if not rest:
            yield Path(entry)
        if entry.is_dir(follow_symlinks=False):
            yield from _at_any_depth(Path(entry), segments, patterns)


def _entries(folder: Path) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return ()


def _segment(text: str, *, alternatives: bool) -> re.Pattern[str] | None:
    """One name of a path as a pattern; None when it is a name. Raises ValueError for a malformed one."""
    if not _MAGIC.search(text):
        return None
    out: list[str] = []
    at, braces = 0, 0
    while at < len(text):
        sign, at = text[at], at + 1
        if sign == "[":
            part, at = _class(text, at)
        elif sign == "\\":
            if at == len(text):
                raise _malformed(text)
            part, at = re.escape(text[at]), at + 1
        elif alternatives and (sign == "{" or (braces and sign in "},")):
            part = _ALTERNATIVES[sign]
            braces += {"{": 1, "}": -1, ",": 0}[sign]
        else:
            part = _WILD.get(sign) or re.escape(sign)
        out.append(part)
    if braces:
        raise _malformed(text)
    return re.compile("".join(out), re.DOTALL)


def _class(text: str, at: int) -> tuple[str, int]:
    """``[a-z]`` and ``[^a-z]`` from behind the bracket, and where it ends."""
    end = text.find("]", at + 1 + text.startswith("^", at))
    inside = text[at:end].removeprefix("^")
    if end < 0 or not inside or inside[0] in "-]":
        raise _malformed(text)
    negated = "^" if text.startswith("^", at) else ""
    signs = "".join(sign if sign == "-" else re.escape(sign) for sign in inside.replace("\\", ""))
    try:
        re.compile(f"[{signs}]")
    except re.error:
        raise _malformed(text) from None
    return f"[{negated}{signs}]", end + 1


def _malformed(text: str) -> ValueError:
    return ValueError(f'the pattern "{text}" is malformed: expected * ? [a-z] and names')
