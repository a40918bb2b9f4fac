"""Files that functions of a project file read: by paths relative to the folder of that file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ProjectFiles:
    """The port ``Files`` of ``hcl.functions`` on a disk. An absolute path means itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str) -> str:
        """The text of a file.

        Raises:
            ValueError: It cannot be read, or is no UTF-8.
        """
        try:
            return (self._folder / path).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            message = f'the file "{path}" is not UTF-8: save it as UTF-8'
            raise ValueError(message) from error
        except OSError as error:
            message = (
                f'the file "{path}" cannot be read: {error.strerror}; a path is relative to the folder of the '
                "project file"
            )
            raise ValueError(message) from error

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]:
        """The files that match, sorted; relative as the pattern is, with ``/`` between folders."""
        from glob import glob

        root = str(self._folder)
        found = glob(pattern, root_dir=root, recursive=recursive)  # noqa: PTH207  keeps paths as they are written
        return sorted(
            path for path in (name.replace("\\", "/") for name in found) if (self._folder / path).is_file()
        )
