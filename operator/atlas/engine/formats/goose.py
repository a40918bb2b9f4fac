"""goose: one file with ``-- +goose Up`` and ``-- +goose Down``; ``StatementBegin`` and ``StatementEnd`` hold one statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.formats.draft import Draft, Piece
from atlas.engine.formats.folder import malformed, refused

if TYPE_CHECKING:
    from atlas.engine.formats.folder import ToolFolder

_NAME: Final = re.compile(r"(?P<version>[0-9]+)_(?P<title>.*)\.sql")
_PROGRAM: Final = re.compile(r"[0-9]+_.*(?<!_test)\.go")
_ANNOTATIONS: Final = {
    word.lower(): word
    for word in ("Up", "Down", "StatementBegin", "StatementEnd", "NO TRANSACTION", "ENVSUB ON", "ENVSUB OFF")
}


def summed(folder: ToolFolder) -> tuple[str, ...]:
    """The files of ``atlas.sum``, in its order."""
    return folder.sql_names


def drafts(folder: ToolFolder) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The files in the order of the tool; none is left out.

    Raises:
        DirectoryError: a file that goose refuses.
        Unsupported: a migration in Go, or variables of the environment.
    """
    program = next(
        (name for name in sorted(folder.others) if "/" not in name and _PROGRAM.fullmatch(name)), None
    )
    if program:
        raise refused(
            program, 0, "a migration in Go", "write what it does as SQL, or run it with goose before"
        )
    made = [_draft(folder, name) for name in folder.sql_names]
    return tuple(sorted(made, key=lambda draft: draft.numbers)), ()


def _draft(folder: ToolFolder, name: str) -> Draft:
    match = _NAME.fullmatch(name)
    if match is None or int(match["version"]) == 0:
        raise malformed(name, 0, "expected a name as goose has it, VERSION_NAME.sql, with a number above 0")
    reader = _Reader(name)
    for number, line in enumerate(folder.text(name).split("\n"), 1):
        reader.read(number, line)
    reader.end()
    return Draft(
        source=name,
        version=match["version"],
        description=match["title"],
        numbers=(int(match["version"]),),
        lines=tuple(reader.lines),
        pieces=tuple(reader.pieces),
        in_transaction=reader.in_transaction,
    )


class _Reader:
    """Where in a file we are: before ``Up``, in it, in one statement of it, or behind it."""

    def __init__(self, name: str) -> None:
        self.lines: list[str] = []
        self.pieces: list[Piece] = []
        self.in_transaction = True
        self._name = name
        self._state = "start"
        self._begun = 0

    def read(self, number: int, line: str) -> None:
        annotation = self._annotation(number, line)
        if annotation:
            self._obey(annotation, number)
            self.lines.append("")
        elif self._state in ("up", "statement"):
            self.lines.append(line)
        else:
            if self._state == "start" and line.strip() and not line.strip().startswith("--"):
                raise malformed(self._name, number, "expected nothing but comments before '-- +goose Up'")
            self.lines.append("")

    def end(self) -> None:
        if self._state == "start":
            raise malformed(self._name, 0, "expected a line '-- +goose Up'")
        if self._state in ("statement", "down statement"):
            raise malformed(
                self._name, self._begun, "expected '-- +goose StatementEnd' for this StatementBegin"
            )
        if self._state == "up":
            self._close()

    def _annotation(self, number: int, line: str) -> str:
        if not line.strip().startswith("--") or "+goose" not in line:
            return ""
        word = line.replace("--", "").replace("+goose", "", 1).strip()
        known = _ANNOTATIONS.get(word.lower(), "") if line.startswith("--") else ""
        if not known:
            raise malformed(self._name, number, f'"{line.strip()}" is no annotation of goose')
        return known

    def _obey(self, annotation: str, number: int) -> None:
        match annotation, self._state:
            case "NO TRANSACTION", _:
                self.in_transaction = False
            case "ENVSUB OFF", _:
                pass
            case "ENVSUB ON", ("start" | "up" | "statement"):
                raise refused(
                    self._name,
                    number,
                    "'-- +goose ENVSUB ON'",
                    "write the values of the variables into the file",
                )
            case "ENVSUB ON", _:
                pass
            case ("Up", "start") | ("StatementEnd", "statement"):
                self._close(is_whole=annotation == "StatementEnd")
                self._state, self._begun = "up", number
            case "StatementBegin", "up":
                self._close()
                self._state, self._begun = "statement", number
            case "Down", "up":
                self._close()
                self._state = "down"
            case "StatementBegin", "down":
                self._state, self._begun = "down statement", number
            case "StatementEnd", "down statement":
                self._state = "down"
            case _:
                raise malformed(self._name, number, f"unexpected '-- +goose {annotation}'")

    def _close(self, *, is_whole: bool = False) -> None:
        """End the piece that began behind the last annotation that counts."""
        if self._state in ("up", "statement") and self._begun < len(self.lines):
            self.pieces.append(Piece(self._begun, len(self.lines), is_whole))
