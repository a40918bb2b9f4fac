"""Writing a planned file into a local migration directory, with its line in ``atlas.sum``, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import AtlasError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.engine.directory import Directory, MigrationFile


def write_new_file(path: Path, directory: Directory, file: MigrationFile) -> None:
    """Write the file and the sum.

    Raises:
        UsageError: There is a file of this name.
    """
    from atlas.engine.directory import compute_sum, directory_of
    from atlas.sources.local import write_file, write_sum

    if any(present.name == file.name for present in directory.files):
        raise UsageError(f"{path / file.name} exists already: wait a second, or give another name")
    write_file(path, file)
    try:
        write_sum(path, compute_sum(directory_of((*directory.files, file), directory.sum_text)))
    except AtlasError:
        (path / file.name).unlink()  # without its line it would break the directory
        raise


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
