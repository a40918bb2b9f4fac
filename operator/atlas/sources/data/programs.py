"""``external`` and ``external_schema``: what a program prints. No shell reads the words of the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atlas.errors import PolicyRefused, SpecError
from atlas.project.data import MadeSchema
from atlas.sources.data.calls import check_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    from atlas.project.data import SourceCall

_LINES_SHOWN: Final = 20
_SECRET_WORDS: Final = ("PASS", "SECRET", "TOKEN", "KEY", "CREDENTIAL")
_SHORTEST_SECRET: Final = 6


@dataclass(frozen=True, slots=True)
class Programs:
    """Runs programs in ``folder``; ``allowed`` is whether the person who runs Atlas said that it may."""

    folder: Path
    environ: Mapping[str, str] = field(repr=False)
    allowed: bool

    def external(self, call: SourceCall) -> object:
        """The standard output of a program, whole."""
        return self._output(call)

    def external_schema(self, call: SourceCall) -> object:
        """The URL of the state that the SQL of a program makes."""
        name = f"data.{call.type}.{call.name}"
        made = MadeSchema("sql", ((name, self._output(call)),))
        return {"url": call.memory.keep(made, f"{call.type}/{call.name}")}

    def _output(self, call: SourceCall) -> str:
        import subprocess

        check_names(call, "program", "working_dir")
        program = call.block.texts("program")
        if not program:
            raise SpecError(
                '"program" is empty: expected the program and its arguments, as ["npm", "run", "sql"]'
            )
        if not self.allowed:
            raise PolicyRefused(
                "programs of atlas.hcl are not run unless you allow it: give --allow-programs, or set "
                "ATLAS_ALLOW_PROGRAMS=1"
            )
        folder = self.folder / call.block.text("working_dir")
        if not folder.is_dir():
            raise SpecError(f'working_dir "{folder}" is no folder: expected one that is there')
        try:
            # NB: no timeout: a build may take minutes. Ctrl-C reaches the program and us.
            done = subprocess.run(  # noqa: S603 - the program that the person named, and allowed
                program,
                cwd=folder,
                env=dict(self.environ),
                capture_output=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except OSError as error:
            raise SpecError(
                f'program "{program[0]}" did not start: {(error.strerror or "").lower()}; expected it on PATH or as a path'
            ) from error
        return self._text(program[0], done)

    def _text(self, program: str, done: CompletedProcess[bytes]) -> str:
        if done.returncode:
            raise SpecError(
                f'program "{program}" failed with exit code {done.returncode}{self._words(done.stderr)}'
            )
        try:
            return done.stdout.decode()
        except UnicodeDecodeError:
            # NB: not "from": the error holds the whole output.
            raise SpecError(f'program "{program}" printed something that is not UTF-8') from None

    def _words(self, stderr: bytes) -> str:
        """The end of what a program complained about, without the secrets of the environment and of URLs."""
        from atlas.engine.mask import mask_text

        secrets = [
            value
            for name, value in self.environ.items()
            if len(value) >= _SHORTEST_SECRET and any(word in name.upper() for word in _SECRET_WORDS)
        ]
        lines = mask_text(stderr.decode(errors="replace"), secrets).strip().splitlines()
        shown = "\n".join(lines[-_LINES_SHOWN:])
        return f": {shown}" if shown else " and said nothing on stderr"
