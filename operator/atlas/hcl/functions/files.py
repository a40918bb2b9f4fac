"""Functions that read files, through a port that its adapter keeps to one folder's relative paths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from atlas.errors import Unsupported
from atlas.hcl.values import to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.hcl.values import Function


class Files(Protocol):
    """Files by paths as they are written, relative to the file that names them."""

    def read(self, path: str) -> str:
        """The text of a file.

        Raises:
            ValueError: It cannot be read, or is no text; the message names it and says what to do.
        """
        ...

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]:
        """The paths that match, in order; where ``recursive``, ``**`` is any number of folders.

        Raises:
            ValueError: The pattern is malformed.
        """
        ...


ReadFile = Callable[[str], str]
"""Reads a file by its path; no names can be asked of it."""


def file_functions(files: Files | ReadFile | None) -> dict[str, Function]:
    """``file``, ``fileset`` and ``glob``; those that have no way to files refuse."""
    if files is None:
        return {name: _without_files(name) for name in ("file", "fileset", "glob")}
    if callable(files):
        read = files
        return {**file_functions(None), "file": lambda path: read(to_text(path))}
    return {
        "file": lambda path: files.read(to_text(path)),
        "fileset": lambda pattern: list(files.glob(to_text(pattern), recursive=True)),
        "glob": lambda pattern: list(files.glob(to_text(pattern), recursive=False)),
    }


def _without_files(name: str) -> Function:
    def refuse(_: object) -> object:
        raise Unsupported(
            f"{name}() reads files, and no files can be read here: pass their text in a variable"
        )

    return refuse
