"""The named lock of a SQLite file: ``flock`` beside the database, and the lock file of the Go tools.

``flock`` is the lock: the kernel lets go of it when its process ends, in whatever way. The Go tools know
only a file in the temporary directory, the same for every database, that holds the Unix time in ns at which
it expires. Theirs is respected; ours is kept alive for them while we work, and carries a mark in its last
digits, so that two of us at two databases do not wait for each other.

NB: never open the database file itself here. POSIX drops all locks that SQLite has on a file when any
descriptor of it is closed in the same process.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from atlas.errors import AccessDenied

if TYPE_CHECKING:
    from collections.abc import Callable

LIFETIME_S = 5
RENEWAL_S = 2
_NANOSECONDS = 1_000_000_000
_MARK = 271_828
_MARK_RANGE = 1_000_000
_LOOKS = 10


class Lock(Protocol):
    """What a session holds for its database and lets go of when it is closed."""

    def try_acquire(self, name: str) -> bool: ...

    def release(self) -> None: ...

    @property
    def is_held(self) -> bool: ...


class NoLock:
    """For a database in memory, which no other process can see."""

    def try_acquire(self, _name: str) -> bool:
        return True

    def release(self) -> None:
        """Nothing is held."""

    @property
    def is_held(self) -> bool:
        return True


class FileLock:
    """At most one named lock at a time, for one database file; ``renewal_s`` is how often it is shown to be alive."""

    def __init__(self, path: str, renewal_s: float = RENEWAL_S) -> None:
        self._path = path
        self._renewal_s = renewal_s
        self._beside: _Beside | None = None
        self._shown: _ShownToOthers | None = None

    def try_acquire(self, name: str) -> bool:
        """Take the lock at once or not at all; asking again for what is held is harmless."""
        if self._beside is not None:
            return True
        beside = _Beside.try_take(Path(f"{self._path}-{name}.lock"))
        if beside is None:
            return False
        shown = _ShownToOthers(_folder_of_the_go_tools() / f"{name}.lock", self._renewal_s)
        if not shown.start():
            beside.release()
            return False
        self._beside, self._shown = beside, shown
        return True

    def release(self) -> None:
        if self._shown is not None:
            self._shown.stop()
        if self._beside is not None:
            self._beside.release()
        self._beside = self._shown = None

    @property
    def is_held(self) -> bool:
        """No statement can let go of it."""
        return self._beside is not None


class _Beside:
    """An exclusive ``flock`` on a file beside the database; the file goes away with the lock."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def try_take(cls, path: Path) -> _Beside | None:
        while True:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            except OSError as error:
                raise AccessDenied(
                    f'sqlite: cannot write the lock file "{path}": {error.strerror}'
                ) from error
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return None
            if _is_same_file(path, descriptor):
                return cls(path, descriptor)
            os.close(descriptor)  # the holder before us removed the file while we opened it

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._descriptor)


class _ShownToOthers:
    """The Go tools' lock file, written again before it expires for as long as the lock is held."""

    def __init__(self, path: Path, renewal_s: float) -> None:
        self._path = path
        self._renewal_s = renewal_s
        self._written: tuple[int, str] | None = None
        self._is_shared = False
        self._is_over = threading.Event()
        self._renewal = threading.Thread(target=self._renew, name="atlas-sqlite-lock", daemon=True)

    def start(self) -> bool:
        """Show that the lock is held; False when a Go tool holds it."""
        for _ in range(_LOOKS):
            found = self._found()
            is_alive = found is not None and found > time.time_ns()
            if is_alive and not self._is_ours(found):
                return False
            self._is_shared = is_alive
            try:
                self._write(os.link if found is None and not self._path.exists() else os.replace)
            except FileExistsError:  # somebody was faster: a Go tool, or another of us; look who
                continue
            except OSError:  # a container without a writable folder: no Go tool can lock there either
                return True
            self._renewal.start()
            return True
        return False

    def stop(self) -> None:
        """Take the file away, unless another of us relies on it; then it expires by itself."""
        self._is_over.set()
        if not self._written:
            return
        self._renewal.join()
        if not self._is_shared and self._present() == self._written:
            self._path.unlink(missing_ok=True)

    def _renew(self) -> None:
        while not self._is_over.wait(self._renewal_s):
            self._is_shared = self._is_shared or self._present() != self._written
            with suppress(OSError):  # a full disk must not end the run: flock still holds
                self._write()

    def _write(self, put: Callable[[Path, Path], None] = os.replace) -> None:
        expiry = time.time_ns() + LIFETIME_S * _NANOSECONDS
        text = str(expiry - expiry % _MARK_RANGE + _MARK)
        # Replaced in one step: the Go tools fail on a file that they read half written.
        whole = self._path.with_name(f"{self._path.name}.{os.getpid()}.{id(self)}")
        try:
            whole.write_text(text)
            inode = whole.stat().st_ino
            put(whole, self._path)
        finally:
            whole.unlink(missing_ok=True)
        self._written = (inode, text)

    def _present(self) -> tuple[int, str] | None:
        """What is shown now. The text alone would not do: two of us may write it in the same millisecond."""
        try:
            return self._path.stat().st_ino, self._path.read_text(errors="replace")
        except OSError:
            return None

    def _found(self) -> int | None:
        text = self._text()
        return int(text) if text.isdecimal() else None

    def _text(self) -> str:
        try:
            return self._path.read_text(errors="replace")
        except OSError:
            return ""

    @staticmethod
    def _is_ours(expiry: int | None) -> bool:
        return expiry is not None and expiry % _MARK_RANGE == _MARK


def _folder_of_the_go_tools() -> Path:
    try:
        import tempfile

        return Path(tempfile.gettempdir())
    except FileNotFoundError:  # no folder is writable
        return Path("/tmp")  # noqa: S108  where the Go tools look


def _is_same_file(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False
