"""``-- atlas:import path``: scripts that stand for other scripts, files or folders, each run once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.desired_state.states import SqlScript


class SqlFiles(Protocol):
    """Where imported paths are looked up."""

    def scripts(self, path: str, importer: str) -> tuple[SqlScript, ...] | None:
        """The file at ``path`` relative to that of ``importer``, or all ``*.sql`` of the folder; None: not there."""


def with_imports(scripts: Sequence[SqlScript], files: SqlFiles) -> tuple[SqlScript, ...]:
    """Every script behind what it imports, each once.

    Raises:
        DesiredStateError: A path that is not there, or files that import each other in a circle; each named.
    """
    raise NotImplementedError


def refuse_imports(script: SqlScript) -> None:
    """Refuse directives where there are no files to import: SQL in a resource, or in a registry.

    Raises:
        Unsupported: The script and the line are named.
    """
    raise NotImplementedError
