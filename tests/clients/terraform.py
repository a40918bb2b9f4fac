"""What Terraform is for a module: it asks the provider's sequences of ``go_terraform/`` and keeps the state."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.clients.sdk import BINARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.clients.conftest import Target
    from tests.clients.interchange import Interchange
    from tests.clients.sdk import Sdk

SOURCE = Path(__file__).parent / "go_terraform"
TABLE = """
table "{name}" {{
  schema = schema.{schema}
  column "id" {{
    null = false
    type = int
  }}
{columns}
  primary_key {{
    columns = [column.id]
  }}
}}
"""


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


def hcl(target: Target, *names: str, columns: str = "") -> str:
    """A schema as somebody writes it."""
    tables = (TABLE.format(name=name, schema=target.schema, columns=columns) for name in names)
    return "".join(tables) + f'schema "{target.schema}" {{\n}}\n'


def tables(sdk: Sdk, target: Target) -> list[str]:
    """The tables that the database has."""
    text = sdk.ok("SchemaInspect", URL=target.url)
    return sorted(line.split('"')[1] for line in text.splitlines() if line.startswith("table "))
