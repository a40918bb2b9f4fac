"""A file in the editor of the person who runs the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import UsageError

if TYPE_CHECKING:
    from atlas.engine.directory import MigrationFile


def edited(file: MigrationFile, editor: str) -> MigrationFile:
    """The file as a person left it in an editor.

    Raises:
        UsageError: The editor failed.
    """
    import shlex
    import subprocess
    import tempfile
    from dataclasses import replace
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        path = Path(folder) / file.name
        path.write_bytes(file.content)
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - the person's own editor
        except (OSError, subprocess.CalledProcessError) as error:
            raise UsageError(
                f"editor {editor!r} failed on {path.name}: {error}; nothing was written, set EDITOR to one that works"
            ) from error
        return replace(file, content=path.read_bytes())
