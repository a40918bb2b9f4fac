"""Writing a file so that whoever reads it sees the old content or the new one, never a part."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(target: Path, content: bytes, *, mode: int | None = None) -> None:
    """Replace ``target``; ``mode`` None keeps the one that it has.

    Raises:
        OSError: It cannot be written; the old content stays.
    """
    import tempfile  # slow to import, and most commands only read

    real = Path(os.path.realpath(target))  # a link keeps pointing to what was written
    if mode is None:
        mode = real.stat().st_mode & 0o7777
    descriptor, name = tempfile.mkstemp(prefix=".atlas-", suffix=".tmp", dir=real.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        temporary.replace(real)
    except BaseException:
        temporary.unlink()
        raise
