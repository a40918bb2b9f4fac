"""The operator on a real kube-apiserver: resources by ``kubectl apply``, the operator as a process beside it."""

from __future__ import annotations

import json
import os
from subprocess import Popen

from examples.demo.shop_database import ShopDatabase
from examples.demo.stage import SHOP, Stage, kill, say
from examples.demo.standalone import told, write_resources
from tests.controlplane import binaries
from tests.controlplane.cluster import ControlPlane

CRDS = SHOP.parent.parent / "crds"
COLUMNS = "--output=wide"


class OnCluster:
    """A control plane of its own, our CRDs in it, and one operator."""

    def __init__(self, stage: Stage, database: ShopDatabase, token: str) -> None:
        self._stage = stage
        self._database = database
        self._token = token
        say("Starting etcd and kube-apiserver …")
        self._plane = ControlPlane.start(binaries.find(os.environ))
        stage.at_end(self._plane.stop)
        stage.allow({"KUBECONFIG": str(self._plane.kubeconfig)})
        self._kubectl = "kubectl"
        stage.prefer(self._plane.kubectl.program.parent)
        stage.run(self._kubectl, "apply", "-f", str(CRDS))
        crds = [f"crd/{plural}.db.atlasgo.io" for plural in ("atlasmigrations", "atlasschemas")]
        stage.run(self._kubectl, "wait", "--for=condition=Established", *crds, "--timeout=30s")
        self._operator = self._started()

    def reconcile(self, tag: str) -> str:
        """Apply the resource with the tag, wait for the operator's word on it, and return the row of kubectl."""
        self._write(tag)
        quiet = "--for=condition=Reconciling=false" if tag != "nope" else "--for=condition=Ready=false"
        return self._settled("resources", "atlasmigration/migration", quiet)

    def told(self) -> dict[str, str]:
        """What the status says: where the directory came from, and the Ready condition."""
        found = self._stage.output(self._kubectl, "get", "atlasmigration/migration", "--output=json")
        return told(json.loads(found)["status"])

    def reconcile_schema(self, manifest: str) -> str:
        """The same for the AtlasSchema ``notes``; the Secrets are there already."""
        (self._stage.folder / "notes.yaml").write_text(manifest)
        row = self._settled("notes.yaml", "atlasschema/notes", "--for=condition=Reconciling=false")
        message = '-o=jsonpath={.status.conditions[?(@.type=="Ready")].message}{"\\n"}'  # a cell ends at a line break
        return row + self._stage.run(self._kubectl, "get", "atlasschema/notes", message)

    def _settled(self, path: str, name: str, quiet: str) -> str:
        self._stage.run(self._kubectl, "apply", "-f", path)
        generation = "-o=jsonpath={.metadata.generation}"
        current = self._stage.output(self._kubectl, "get", name, generation)
        settled = f"jsonpath={{.status.observedGeneration}}={current}"
        self._stage.run(self._kubectl, "wait", f"--for={settled}", name, "--timeout=30s")
        self._stage.run(self._kubectl, "wait", quiet, name, "--timeout=60s")
        return self._stage.run(self._kubectl, "get", name, COLUMNS)

    def begin(self, tag: str) -> Popen[str]:
        """Apply the resource with the tag and do not wait; the operator's process works on it."""
        self._write(tag)
        self._stage.start(self._kubectl, "apply", "-f", "resources")
        return self._operator

    def _write(self, tag: str) -> None:
        if self._operator.poll() is not None:
            self._operator = self._started()
        write_resources(self._stage, self._database, self._token, tag)

    def kill(self) -> None:
        """Kill -9 of the operator."""
        kill(self._operator)

    def _started(self) -> Popen[str]:
        addresses = ("--metrics-bind-address", "0", "--health-probe-bind-address", "0")
        kubeconfig = ("--kubeconfig", str(self._plane.kubeconfig), "--allow-path", str(self._stage.folder))
        return self._stage.start("atlas-operator", "run", *kubeconfig, *addresses)
