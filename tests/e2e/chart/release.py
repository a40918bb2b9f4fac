"""A release of the chart in the test cluster. Nobody runs pods here: the test plays the kubelet where it needs one."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import yaml

from tests.controlplane.fixtures import GROUP
from tests.e2e.chart.containers import ran
from tests.e2e.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.controlplane.client import Kubectl
    from tests.controlplane.cluster import ControlPlane
    from tests.controlplane.helm import Helm

CHART = ROOT / "charts" / "atlas-operator"
DEFINITIONS = ("atlasmigrations.db.atlasgo.io", "atlasschemas.db.atlasgo.io")


@dataclass
class Release:
    """One release, its namespace, and what the hook's container printed each time that it ran."""

    plane: ControlPlane
    helm: Helm
    folder: Path
    name: str
    namespace: str
    hook_runs: list[str] = field(default_factory=list)

    @classmethod
    def prepared(cls, plane: ControlPlane, helm: Helm, folder: Path, name: str) -> Release:
        namespace = f"chart-{secrets.token_hex(4)}"
        plane.kubectl("create", "namespace", namespace)
        return cls(plane, helm, folder, name, namespace)

    @property
    def kubectl(self) -> Kubectl:
        return self.plane.kubectl

    def install(self, *flags: str, chart: Path = CHART) -> str:
        return self._changed("install", chart, flags)

    def upgrade(self, *flags: str, chart: Path = CHART) -> str:
        return self._changed("upgrade", chart, flags)

    def uninstall(self) -> str:
        return self.helm("uninstall", self.name, "--namespace", self.namespace)

    def is_installed(self) -> bool:
        return self.helm.attempt("status", self.name, "--namespace", self.namespace).returncode == 0

    def follow(self, commands: str, *, old_chart: Path = CHART) -> str:
        """Run a block of a page as its reader would; ``atlas`` is the namespace there, and paths begin in the checkout."""
        text = commands.replace("OLD-CHART", str(old_chart)).replace("charts/atlas-operator", str(CHART))
        text = text.replace("--namespace atlas", f"--namespace {self.namespace}")
        programs = (self.helm.program.parent, self.kubectl.program.parent)
        environ = {
            "PATH": os.pathsep.join([*map(str, programs), os.environ["PATH"]]),
            "HOME": str(self.helm.home),
            "KUBECONFIG": str(self.plane.kubeconfig),
            "KUBECACHEDIR": str(self.helm.home / "kubectl-cache"),
        }
        with self._job_controller():
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", text],
                cwd=self.folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=240,
            )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def get(self, *words: str) -> Any:
        """An object of the namespace."""
        return self.kubectl.json("get", *words, "--namespace", self.namespace)

    def names(self, kind: str) -> set[str]:
        return {one["metadata"]["name"] for one in self.get(kind)["items"]}

    def close(self) -> None:
        if self.is_installed():
            self.uninstall()
        for definition in DEFINITIONS:  # gone already, if the release took the definitions with it
            plural = definition.partition(".")[0]
            self.kubectl.attempt("delete", "--raw", f"{GROUP}/namespaces/{self.namespace}/{plural}")
        self.kubectl("delete", "namespace", self.namespace, "--wait=false")

    def _changed(self, verb: str, chart: Path, flags: tuple[str, ...]) -> str:
        with self._job_controller():
            return self.helm(verb, self.name, chart, "--namespace", self.namespace, "--timeout=150s", *flags)

    @contextmanager
    def _job_controller(self) -> Iterator[None]:
        """What a cluster's controllers and kubelet do for a hook: run its container, and write that the Job is done."""
        ended = threading.Event()
        errors: list[BaseException] = []

        def work() -> None:
            try:
                while not ended.wait(0.5):
                    for job in self.get("jobs")["items"]:
                        if not job.get("status", {}).get("conditions"):
                            self._run_job(job)
            except BaseException as error:  # noqa: BLE001 - told in the thread of the test
                errors.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(60)
        if errors:
            raise errors[0]

    def _run_job(self, job: dict[str, Any]) -> None:
        pod = job["spec"]["template"]["spec"]
        kubeconfig = self.plane.kubeconfig_for_service_account(self.namespace, pod["serviceAccountName"])
        (container,) = pod["containers"]
        answer = ran(container, {"KUBECONFIG": str(kubeconfig), "HOME": str(self.folder)})
        self.hook_runs.append(answer.stdout + answer.stderr)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        kinds = ("SuccessCriteriaMet", "Complete") if answer.returncode == 0 else ("FailureTarget", "Failed")
        status = {
            "startTime": job["metadata"]["creationTimestamp"],
            "conditions": [
                {"type": kind, "status": "True", "lastTransitionTime": now, "reason": "Test"}
                for kind in kinds
            ],
        }
        if answer.returncode == 0:
            status |= {"completionTime": now, "succeeded": 1}
        self.kubectl(
            *("patch", "job", job["metadata"]["name"], "--namespace", self.namespace),
            *("--subresource=status", "--type=merge", "--patch", json.dumps({"status": status})),
        )


def rendered(helm: Helm, *flags: str, name: str = "atlas-operator") -> list[dict[str, Any]]:
    """The objects that the chart makes with these flags, hooks included."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the definitions are long
    return [one for one in yaml.load_all(helm("template", name, CHART, *flags), loader) if one]


def of_kind(objects: list[dict[str, Any]], kind: str, name: str = "") -> dict[str, Any]:
    """The one object of a kind, or the one of a name among them."""
    (found,) = (one for one in objects if one["kind"] == kind and name in ("", one["metadata"]["name"]))
    return found
