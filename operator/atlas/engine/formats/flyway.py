"""Flyway: ``V1_2__name.sql`` in folders of folders, a baseline ``B``, ways back ``U``, and ``R`` that runs when it changes.

Versions are numbers with dots or underscores between them. The latest baseline stands for every version up to its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.engine.formats.draft import Draft, Piece
from atlas.engine.formats.flyway_folder import check_folder, settings_of
from atlas.engine.formats.folder import malformed, refused
from atlas.engine.formats.transactions import stands_alone
from atlas.record import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.formats.folder import ToolFolder

_NAME: Final = re.compile(r"(?P<kind>[VBU])(?P<version>[0-9]+(?:[._][0-9]+)*)(?:__(?P<title>.*))?\.sql")
_REPEATABLE: Final = re.compile(r"R__(?P<title>.+)\.sql")
_LIKE_ONE: Final = re.compile(r"[VBR].*\.sql")
_PLACEHOLDER: Final = re.compile(r"\$\{[^}\s]+\}")


@dataclass(frozen=True, slots=True)
class _Named:
    """``numbers`` without zeros at the end: 1.0 is 1."""

    path: str
    kind: str
    version: str
    title: str
    numbers: tuple[int, ...]


def summed(folder: ToolFolder) -> tuple[str, ...]:
    """The files of ``atlas.sum``, in its order."""
    return tuple(named.path for named in _chosen(folder))


def drafts(folder: ToolFolder) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """The files in the order of the tool, and those that are left out.

    Raises:
        DirectoryError: a file that Flyway refuses, or two of one version.
        Unsupported: something other than SQL, placeholders, callbacks, settings that we do not know.
    """
    check_folder(folder)
    chosen = _chosen(folder)
    made = tuple(_draft(folder, named) for named in chosen)
    taken = {named.path for named in chosen}
    return made, tuple(
        name for name in sorted(folder.contents) if name not in taken and name.endswith(".sql")
    )


def _chosen(folder: ToolFolder) -> list[_Named]:
    named = [found for path in sorted(folder.contents) if (found := _named(path))]
    _check_versions(named)
    baselines = sorted((each for each in named if each.kind == "B"), key=lambda each: each.numbers)
    first = baselines[-1:]
    versioned = sorted((each for each in named if each.kind == "V"), key=lambda each: each.numbers)
    later = [each for each in versioned if not first or each.numbers > first[0].numbers]
    repeatable = sorted((each for each in named if each.kind == "R"), key=lambda each: _spoken(each.title))
    return [*first, *later, *repeatable]


def _named(path: str) -> _Named | None:
    name = path.rpartition("/")[2]
    if any(part.startswith(".") for part in path.split("/")):
        return None
    match = _NAME.fullmatch(name)
    if match:
        numbers = tuple(int(number) for number in re.split(r"[._]", match["version"]))
        while len(numbers) > 1 and not numbers[-1]:
            numbers = numbers[:-1]
        version = match["version"].replace("_", ".")
        return _Named(path, match["kind"], version, match["title"] or "", numbers)
    repeatable = _REPEATABLE.fullmatch(name)
    if repeatable:
        return _Named(path, "R", "", repeatable["title"], ())
    if _LIKE_ONE.fullmatch(name) and "__" in name:
        raise malformed(
            path, 0, "expected a name as Flyway has it: V1.2__name.sql, B1__name.sql or R__name.sql"
        )
    return None


def _check_versions(named: list[_Named]) -> None:
    seen: dict[tuple[str, object], str] = {}
    for each in named:
        key = each.numbers if each.kind != "R" else _spoken(each.title)
        first = seen.setdefault((each.kind, key), each.path)
        if first != each.path:
            raise malformed(each.path, 0, f"expected another version or name than that of {first}")


def _spoken(title: str) -> str:
    return title.replace("_", " ")


def _draft(folder: ToolFolder, named: _Named) -> Draft:
    settings = settings_of(folder, named.path)
    lines = tuple(folder.text(named.path).split("\n"))
    if settings.replaces_placeholders:
        for number, placeholder in _placeholders(lines):
            raise refused(
                named.path, number, f"the placeholder {placeholder}", "write its value into the file"
            )
    draft = Draft(
        source=named.path,
        version=named.version,
        description=named.title.replace("/", "-"),
        numbers=named.numbers,
        lines=lines,
        pieces=(Piece(0, len(lines)),),
    )
    return replace(draft, in_transaction=settings.in_transaction and not _is_alone(draft))


def _is_alone(draft: Draft) -> bool:
    statements, alone = stands_alone(draft)
    if 0 < alone < statements:
        raise refused(
            draft.source,
            0,
            "a statement that no transaction can hold beside others",
            "Flyway refuses it too unless it is told to mix; make a file of its own for it",
        )
    return alone > 0


def _placeholders(lines: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        found = _PLACEHOLDER.search(line)
        if found:
            yield number, found[0]
