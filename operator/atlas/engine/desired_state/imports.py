"""``-- atlas:import path``: scripts that stand for other scripts, files or folders, each run once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from atlas.errors import DesiredStateError, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.engine.desired_state.states import SqlScript

_DIRECTIVE: Final = re.compile(r"[ \t]*--[ \t]*atlas:import(?:[ \t]+(.*?))?[ \t\r]*$")


class SqlFiles(Protocol):
    """Where imported paths are looked up."""

    def scripts(self, path: str, importer: str) -> tuple[SqlScript, ...] | None:
        """The file at ``path`` as seen from that of ``importer``, or all ``*.sql`` of the folder; None: not there.

        A file has one name, however it was reached.
        """


def with_imports(scripts: Sequence[SqlScript], files: SqlFiles) -> tuple[SqlScript, ...]:
    """Every script behind what it imports, each once.

    Raises:
        DesiredStateError: A path that is not there, or files that import each other in a circle; each named.
    """
    walk = _Walk(files)
    for script in scripts:
        walk.visit(script, ())
    return tuple(walk.ordered.values())


def refuse_imports(script: SqlScript) -> None:
    """Refuse directives where there are no files to import: SQL in a resource, or in a registry.

    Raises:
        Unsupported: The script and the line are named.
    """
    for line, path in _imports(script):
        raise Unsupported(
            f"{script.name}:{line}: atlas:import {path}: this text has no files beside it; put the imported "
            "statements into it, or give the desired state as file://"
        )


@dataclass(frozen=True, slots=True)
class _Walk:
    files: SqlFiles
    ordered: dict[str, SqlScript] = field(default_factory=dict)

    def visit(self, script: SqlScript, importers: tuple[str, ...]) -> None:
        if script.name in self.ordered:
            return
        way = (*importers, script.name)
        for line, path in _imports(script):
            place = f"{script.name}:{line}: atlas:import {path}"
            found = self.files.scripts(path, script.name) if path else None
            if not found:
                reason = "no such file or directory" if found is None else "no *.sql file is in this folder"
                raise DesiredStateError(
                    f"{place}: {reason}; paths begin at the folder of the file that imports"
                )
            for imported in found:
                if imported.name in way:
                    circle = " imports ".join((*way[way.index(imported.name) :], imported.name))
                    raise DesiredStateError(f"{place}: files import each other in a circle: {circle}")
                self.visit(imported, way)
        self.ordered[script.name] = script


def _imports(script: SqlScript) -> Iterator[tuple[int, str]]:
    """Line and path of each directive."""
    if "atlas:import" not in script.text:
        return
    for number, line in enumerate(script.text.split("\n"), start=1):
        found = _DIRECTIVE.match(line)
        if found:
            yield number, (found[1] or "").strip("\"'")
