"""Programs that test cases run, on this machine. Whether they may is decided before."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from atlas.engine.testing import ProgramEnd
from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class CasePrograms:
    """See ``engine.testing.Programs``. They see the environment of the command."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)

    def run(self, words: Sequence[str], working_dir: str) -> ProgramEnd:
        """Run to the end, without input; an interrupted command ends its program."""
        try:
            done = subprocess.run(  # noqa: S603 - the words of a person, who allowed it
                list(words),
                cwd=working_dir or None,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise SpecError(
                f'running "{words[0]}": {error.strerror}: expected a program on the PATH or its path, and a folder as '
                "working_dir"
            ) from error
        return ProgramEnd(
            done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        )
