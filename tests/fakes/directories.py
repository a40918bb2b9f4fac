"""Migration directories of a test, with a valid ``atlas.sum``."""

from __future__ import annotations

from dataclasses import replace

from atlas.engine.directory import Directory, MigrationFile, compute_sum, directory_of


def directory_with(files: dict[str, str]) -> Directory:
    """A directory of these names and texts."""
    directory = directory_of(MigrationFile(name, text.encode()) for name, text in files.items())
    return replace(directory, sum_text=compute_sum(directory).text)
