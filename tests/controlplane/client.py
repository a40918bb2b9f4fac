"""kubectl bound to one kubeconfig: the one way tests speak to a cluster, as a person would; looking may be quicker."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.controlplane.api import api_of

if TYPE_CHECKING:
    from pathlib import Path


class KubectlError(AssertionError):
    """kubectl ended with another code than 0; the message is what it printed."""


@dataclass(frozen=True, slots=True)
class Kubectl:
    """Runs kubectl as the user of ``kubeconfig``."""

    program: Path
    kubeconfig: Path

    def __call__(self, *args: str, input: str | None = None) -> subprocess.CompletedProcess[str]:  # noqa: A002 - as subprocess.run
        """Run kubectl and return what it printed.

        Raises:
            KubectlError: it ended with another code than 0.
        """
        answer = self.attempt(*args, input=input)
        if answer.returncode != 0:
            raise KubectlError(
                f"kubectl {' '.join(args)} ended with {answer.returncode}:\n{answer.stdout}{answer.stderr}"
            )
        return answer

    def attempt(self, *args: str, input: str | None = None) -> subprocess.CompletedProcess[str]:  # noqa: A002 - as subprocess.run
        """Run kubectl, whatever comes of it."""
        return subprocess.run(
            [self.program, *args],
            env=self._environment(),
            input=input or "",
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def json(self, *args: str) -> Any:
        """Return what kubectl prints with ``-o json`` as a value; raises ``KubectlError``."""
        api = api_of(self.kubeconfig)
        found = api.get(args) if api else None
        if found is not None:
            return found
        return json.loads(self(*args, "-o", "json").stdout)

    def raw(self, verb: str, path: str) -> str:
        """Ask the API server for ``path`` as it stands, by ``get`` or ``delete``."""
        api = api_of(self.kubeconfig)
        found = api.ask(verb.upper(), path) if api else None
        return found if found is not None else self(verb, "--raw", path).stdout

    def create_namespace(self, name: str) -> None:
        document = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
        api = api_of(self.kubeconfig)
        if api is None or api.ask("POST", "/api/v1/namespaces", document) is None:
            self("create", "namespace", name)

    def delete_namespace(self, name: str) -> None:
        """Ask for its end, and do not wait for it."""
        api = api_of(self.kubeconfig)
        if api is None or api.ask("DELETE", f"/api/v1/namespaces/{name}") is None:
            self("delete", "namespace", name, "--wait=false")

    def _environment(self) -> dict[str, str]:
        # Its own cache: another cluster may have had this port, and kubectl would believe its old discovery.
        home = str(self.kubeconfig.parent)
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": home,
            "KUBECACHEDIR": str(self.kubeconfig.parent / "kubectl-cache"),
            "KUBECONFIG": str(self.kubeconfig),
        }
