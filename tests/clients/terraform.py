"""What Terraform is for a module: it asks the provider's sequences of ``go_terraform/`` and keeps the state."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.clients.sdk import BINARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.clients.interchange import Interchange

SOURCE = Path(__file__).parent / "go_terraform"


@dataclass(frozen=True)
class Terraform:
    """Runs steps of the provider, whose binary is the ``atlas`` that is first on PATH."""

    go: Interchange
    folder: Path
    provider: Mapping[str, object] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)

    def step(self, name: str, **resource: object) -> dict[str, Any]:
        """The answer of a step on a resource, as ``Migration`` or ``Schema``; ``Error`` is one of Terraform's."""
        path = os.pathsep.join((str(BINARY.parent), os.environ["PATH"]))
        environ = {"PATH": path, "HOME": str(self.folder), **self.environ}
        provider = {"Binary": "atlas", "Environment": environ, **self.provider}
        program = self.go.with_environment(PATH=path)
        answer: dict[str, Any] = program.ask(name, {"Provider": provider, **resource})
        assert "Traceback" not in answer["Error"], answer
        return answer

    def ok(self, name: str, **resource: object) -> dict[str, Any]:
        """The answer of a step that succeeds."""
        answer = self.step(name, **resource)
        assert not answer["Error"], answer
        return answer
