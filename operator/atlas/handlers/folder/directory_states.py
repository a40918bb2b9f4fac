"""The directory that was applied last, kept for the way back in a file beside the status."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from atlas.errors import Rejected

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.reconcile.resource import Resource

_SUFFIX = "migrations.tar.gz"


class FolderDirectoryStates:
    """Files beside the statuses of the standalone mode."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, resource: Resource) -> bytes | None:
        try:
            return self._path(resource).read_bytes()
        except FileNotFoundError:
            return None

    def store(self, resource: Resource, archive: bytes) -> None:
        data = gzip.compress(archive, mtime=0)
        if self.load(resource) == data:
            return
        path = self._path(resource)
        draft = path.with_name(f".{path.name}.draft")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as error:
            raise Rejected(f"{path} cannot be written: {error.strerror}: see --status-dir") from error

    def _path(self, resource: Resource) -> Path:
        return self._folder / f"{resource.kind.lower()}.{resource.namespace}.{resource.name}.{_SUFFIX}"
