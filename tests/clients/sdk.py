"""The Go client of other programs, calling the command of this checkout: what it decodes is what those programs get."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.nursery import run_atlas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.clients.interchange import Interchange

BINARY = Path(sys.executable).with_name("atlas")


@dataclass(frozen=True)
class Sdk:
    """Calls methods of ``atlasexec.Client`` in a folder, with nothing of our environment but what a command needs."""

    go: Interchange
    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    binary: Path = BINARY

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """What came of a call: ``Result``, or ``Error``, its Go ``Type``, its exit ``Code``, what it carries as ``Failed``.

        ``Writer`` asks for the field of that name; what was written to it is ``Written``.
        """
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.environ}
        variables, writer = params.pop("Vars", None), params.pop("Writer", False)
        request = {
            "Binary": str(self.binary),
            "Directory": str(self.folder),
            "Environment": environ,
            "Method": method,
            "Params": params,
            "Vars": variables,
            "Writer": writer,
        }
        answer: dict[str, Any] = self.go.ask("client", request)
        return answer

    def ok(self, method: str, **params: object) -> Any:
        """The result of a call that succeeds; a success says nothing on stderr, which operators report as a warning."""
        answer = self.call(method, **params)
        assert not answer["Error"], answer
        assert not answer["Stderr"], answer
        return answer["Result"]

    def fails(self, method: str, **params: object) -> dict[str, Any]:
        """What came of a call that fails."""
        answer = self.call(method, **params)
        assert answer["Error"], answer
        assert "Traceback" not in answer["Error"], answer
        return answer

    def atlas(self, *words: str) -> str:
        """What the command prints, for what the client has no method for."""
        environ = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.environ}
        done = run_atlas(words, folder=self.folder, environ=environ)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, name: str, text: str) -> str:
        """A file in the folder; returns its URL."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return f"file://{name}"
