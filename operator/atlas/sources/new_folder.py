"""A migration directory as a folder that was not there before: whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from atlas.engine.directory import compute_sum
from atlas.errors import DirectoryError
from atlas.sources.local import write_file, write_sum

if TYPE_CHECKING:
    from atlas.engine.directory import Directory

_MODE: Final = 0o755


def check_new(path: Path) -> None:
    """Raise DirectoryError unless ``path`` is missing or an empty folder."""
    try:
        entries = sorted(entry.name for entry in path.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        raise _failed(path, error) from error
    if entries:
        raise DirectoryError(
            f"target migration directory must be empty: {path} holds {entries[0]}"
            f"{f' and {len(entries) - 1} more' if entries[1:] else ''}; give another folder with --to file://path"
        )


def write_new_folder(path: Path, directory: Directory) -> None:
    """Write files and ``atlas.sum`` beside the place, and move them there in one step.

    Raises:
        DirectoryError: It cannot be written, or something is there meanwhile; nothing is left.
    """
    import shutil
    import tempfile

    target = Path(os.path.realpath(path))  # a link to an empty folder stays one
    made: Path | None = None
    try:
        target.parent.mkdir(mode=_MODE, parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".atlas-", dir=target.parent))
        for file in directory.files:
            write_file(made, file)
        write_sum(made, compute_sum(directory))
        made.chmod(_MODE)
        made.rename(target)
        made = None
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _failed(path: Path, error: OSError) -> DirectoryError:
    return DirectoryError(f"sql/migrate: write {path}: {(error.strerror or str(error)).lower()}")
