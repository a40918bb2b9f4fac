"""Files of the operator's machine, for project files of resources: those below the allowed folders and no others."""

from __future__ import annotations

import glob
import os
import os.path
import re
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.reconcile.ports import TargetRules

FILE_LIMIT_BYTES = 4 * 1024 * 1024
"""Of one file that ``file()`` reads; a text of this size is no configuration."""


class WiredConfigFiles:
    """The disk below the allowed folders. Links are followed first, so that none leads out of them.

    That goes for a folder's entries too: whoever fills an allowed folder, as from a repository, is not always whom the
    operator's files are for.
    """

    def __init__(self, rules: TargetRules, folder: str = "") -> None:
        """``folder`` is what relative paths are relative to; without one they are refused."""
        self._rules = rules
        self._folder = folder

    def check(self, path: str) -> None:
        self._whole(path)

    def read(self, path: str) -> str:
        found = self._real(path, ValueError)
        try:
            with found.open("rb") as file:
                content = file.read(FILE_LIMIT_BYTES + 1)
            text = content.decode()
        except UnicodeDecodeError:
            text, content = "", b""
            message = f'the file "{path}" is not UTF-8: save it as UTF-8'
        except OSError as error:
            message = f'the file "{path}" cannot be read: {error.strerror}'
        else:
            if len(content) <= FILE_LIMIT_BYTES:
                return text
            message = f'the file "{path}" is larger than {FILE_LIMIT_BYTES} bytes'
        raise ValueError(message)

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]:
        self._real(re.split(r"[*?[]", pattern)[0] or ".", ValueError)
        found = glob.glob(os.path.join(self._folder, pattern), recursive=recursive)  # noqa: PTH118, PTH207 - as written
        return sorted(path for path in found if self._is_allowed(os.path.realpath(path)))

    def directory(self, path: str, tool: str) -> Directory:
        from atlas.sources.tool_folders import read_directory_as

        return read_directory_as(self._whole(path), tool)

    def schema(self, paths: Sequence[str], variables: Mapping[str, str | list[str]]) -> DesiredState:
        from atlas.sources.schema_files import read_schema_files

        found = [self._whole(path) for path in paths]
        return read_schema_files(found, variables=variables, check_import=self.check)

    def _whole(self, path: str) -> Path:
        """The path of a file, or of a folder none of whose entries leads outside."""
        real = self._real(path)
        if self._rules.folders is not None:
            entries = (
                os.path.join(folder, name)  # noqa: PTH118 - as os.walk has it
                for folder, folders, files in os.walk(real)
                for name in (*folders, *files)
            )
            for entry in entries:
                if not self._is_allowed(os.path.realpath(entry)):
                    raise SpecError(
                        f'the path "{path}" holds a link that leads outside the folders that this operator allows: '
                        f'"{os.path.relpath(entry, real)}"'
                    )
        return real

    def _real(self, path: str, refusal: type[Exception] = SpecError) -> Path:
        if not os.path.isabs(path) and not self._folder:  # noqa: PTH117 - a word as written
            raise refusal(
                f'the path "{path}" is relative to nothing in a cluster: give a path below a folder of --allow-path'
            )
        real = os.path.realpath(os.path.join(self._folder, path))  # noqa: PTH118 - a word as written
        if not self._is_allowed(real):
            allowed = ", ".join(self._rules.folders or ()) or "none"
            raise refusal(
                f'the path "{path}" is outside the folders that this operator allows ({allowed}): see --allow-path'
            )
        return Path(real)

    def _is_allowed(self, real: str) -> bool:
        if self._rules.folders is None:
            return True
        folders = [os.path.realpath(folder) for folder in self._rules.folders]
        return any(real == folder or real.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)
