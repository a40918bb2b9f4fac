"""A bucket in a folder: every key is a file, every put is atomic and on the disk when it returns.

NB: locks are ``flock`` on one file of the bucket, so processes on one machine may share a folder; machines that
share it by NFS may only if the mount forwards locks.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import Conflict, NotFound, Unavailable
from atlas.wire.bucket import OBJECT_LIMIT_BYTES, Stored, checked_key, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN = ".bucket"  # folder of temporary files and the lock: never listed, never a key


class FileBucket:
    """``file:///folder``. Etags are hashes of content: inode numbers and coarse clocks repeat within milliseconds."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._own = self._folder / _OWN

    def put_if_absent(self, key: str, data: bytes) -> str:
        path = self._path(key)
        with _outages(key), self._written(data) as written:
            _make_folder(path.parent)
            try:
                os.link(written, path)
            except FileExistsError:
                raise Conflict(f'"{key}" exists already') from None
            _sync_folder(path.parent)
            return _etag(data)

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        path = self._path(key)
        with _outages(key), self._written(data) as written, self._locked():
            if _current_etag(path) != etag:
                raise Conflict(f'"{key}" was changed by somebody else')
            written.rename(path)
            _sync_folder(path.parent)
            return _etag(data)

    def get(self, key: str) -> Stored:
        path = self._path(key)
        with _outages(key), _absences(key):
            if path.stat().st_size > OBJECT_LIMIT_BYTES:
                raise too_large(key)
            data = path.read_bytes()
        return Stored(data, _etag(data))

    def head(self, key: str) -> str:
        return self.get(key).etag

    def list(self, prefix: str) -> Iterator[str]:
        with _outages(prefix):
            keys = [
                str((Path(folder) / name).relative_to(self._folder))
                for folder, folders, names in os.walk(self._folder)
                if folder != str(self._own)
                for name in names
            ]
        return iter(sorted(key for key in keys if key.startswith(prefix)))

    def delete(self, key: str) -> None:
        path = self._path(key)
        with _outages(key), self._locked():
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / checked_key(key)

    @contextmanager
    def _written(self, data: bytes) -> Iterator[Path]:
        """A temporary file with ``data`` on the disk, removed if the caller did not rename it."""
        _make_folder(self._own)
        descriptor, name = tempfile.mkstemp(dir=self._own)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            yield Path(name)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        _make_folder(self._own)
        with (self._own / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def _outages(key: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f'the bucket cannot serve "{key}": {error.strerror}') from error


@contextmanager
def _absences(key: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise NotFound(f'object "{key}" not found') from None


def _make_folder(folder: Path) -> None:
    """Make ``folder`` and its parents, each durable before something is put into it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _current_etag(path: Path) -> str | None:
    with suppress(FileNotFoundError):
        return _etag(path.read_bytes())
    return None


def _etag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
