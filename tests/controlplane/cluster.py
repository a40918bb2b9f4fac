"""One etcd and one kube-apiserver, and the door to them. Nothing here reconciles: objects stay as they are written."""

from __future__ import annotations

import shutil
import ssl
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.controlplane import credentials
from tests.controlplane.client import Kubectl
from tests.daemon import Daemon, free_port

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.controlplane.binaries import Binaries


@dataclass(frozen=True, slots=True)
class ControlPlane:
    """A running API server with RBAC on; ``kubeconfig`` and ``kubectl`` are its administrator's."""

    directory: Path
    server: str
    kubectl: Kubectl
    authority: credentials.Authority
    etcd: Daemon
    apiserver: Daemon

    @classmethod
    def start(cls, binaries: Binaries) -> ControlPlane:
        """Start both on free ports of loopback and return once ``/readyz`` is ok, about 4 s later."""
        directory = Path(tempfile.mkdtemp(prefix="atlas-cluster-"))
        try:
            return cls._start_in(directory, binaries)
        except BaseException:
            shutil.rmtree(directory, ignore_errors=True)
            raise

    @classmethod
    def _start_in(cls, directory: Path, binaries: Binaries) -> ControlPlane:
        authority = credentials.Authority.create()
        token = credentials.new_token()
        etcd_port, port = free_port(), free_port()
        server = f"https://127.0.0.1:{port}"
        admin = credentials.kubeconfig(server, authority.pem, credentials.token_user(token))
        kubeconfig = credentials.write_private(directory / "admin.kubeconfig", admin)
        write_server_files(directory, authority, token)
        probe = Probe(f"{server}/readyz", token, directory / "ca.crt")
        store = Probe(f"http://127.0.0.1:{etcd_port}/readyz")
        plane = cls(
            directory,
            server,
            Kubectl(binaries.kubectl, kubeconfig),
            authority,
            etcd=Daemon(etcd_command(binaries.etcd, etcd_port), directory, store.is_ok),
            apiserver=Daemon(
                apiserver_command(binaries.kube_apiserver, port, etcd_port), directory, probe.is_ok
            ),
        )
        try:
            plane.etcd.start()
            plane.apiserver.start()
        except BaseException:
            plane.stop()
            raise
        return plane

    @property
    def kubeconfig(self) -> Path:
        return self.kubectl.kubeconfig

    def stop(self) -> None:
        """End both at once and forget everything; safe to call twice."""
        self.apiserver.kill()
        self.etcd.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def stop_apiserver(self) -> None:
        """Make the API server unreachable: connections are refused, watches break."""
        self.apiserver.terminate(within_s=2)

    def start_apiserver(self) -> None:
        """Bring the API server back at the same address with all its objects."""
        self.apiserver.start()

    def restart_apiserver(self) -> None:
        """Break every watch and connection and come back with all objects."""
        self.stop_apiserver()
        self.start_apiserver()

    def kubeconfig_for(self, user: str, groups: Sequence[str] = ()) -> Path:
        """Return the kubeconfig of a user who may do what RBAC says and no more."""
        pair = self.authority.client(user, tuple(groups))
        return self._write_kubeconfig(user, credentials.certificate_user(*pair))

    def kubeconfig_for_service_account(self, namespace: str, name: str) -> Path:
        """Return the kubeconfig of an existing service account, by a token as a pod would have it."""
        token = self.kubectl("create", "token", name, "--namespace", namespace).stdout.strip()
        return self._write_kubeconfig(f"{namespace}-{name}", credentials.token_user(token))

    def kubectl_as(self, kubeconfig: Path) -> Kubectl:
        """Return kubectl for another user than the administrator."""
        return Kubectl(self.kubectl.program, kubeconfig)

    def _write_kubeconfig(self, stem: str, user: dict[str, str]) -> Path:
        safe = "".join(sign if sign.isalnum() or sign == "-" else "_" for sign in stem)
        folder = Path(tempfile.mkdtemp(prefix=f"{safe}-", dir=self.directory))
        document = credentials.kubeconfig(self.server, self.authority.pem, user)
        return credentials.write_private(folder / "kubeconfig", document)


@dataclass(frozen=True, slots=True)
class Probe:
    """Asks a health address for its word."""

    url: str
    token: str = ""
    authority: Path | None = None

    def is_ok(self) -> bool:
        """Tell whether the address answers 200; refused, broken and unready are all no."""
        request = urllib.request.Request(self.url, headers={"Authorization": f"Bearer {self.token}"})
        context = ssl.create_default_context(cafile=str(self.authority)) if self.authority else None
        direct = urllib.request.ProxyHandler({})
        opener = urllib.request.build_opener(direct, urllib.request.HTTPSHandler(context=context))
        try:
            with opener.open(request, timeout=2) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return False
        except OSError:
            return False


def write_server_files(directory: Path, authority: credentials.Authority, token: str) -> None:
    """Write what the API server reads: authority, serving pair, signing key, the administrator's token."""
    certificate, key = authority.serving()
    files: dict[str, str | bytes] = {
        "ca.crt": authority.pem,
        "serving.crt": certificate,
        "serving.key": key,
        "service-accounts.key": credentials.signing_key(),
        "tokens.csv": credentials.admin_token_file(token),
    }
    for name, content in files.items():
        credentials.write_private(directory / name, content)


def etcd_command(program: Path, port: int) -> list[str]:
    """Return the command of a store for one run: without fsync, for nothing in it outlives the run."""
    clients, peers = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{free_port()}"
    return [
        str(program),
        "--name=test",
        "--data-dir=etcd",
        "--unsafe-no-fsync",
        "--log-level=warn",
        f"--listen-client-urls={clients}",
        f"--advertise-client-urls={clients}",
        f"--listen-peer-urls={peers}",
        f"--initial-advertise-peer-urls={peers}",
        f"--initial-cluster=test={peers}",
    ]


def apiserver_command(program: Path, port: int, etcd_port: int) -> list[str]:
    """Return the command of the API server; paths are relative to its folder."""
    return [
        str(program),
        f"--etcd-servers=http://127.0.0.1:{etcd_port}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        f"--secure-port={port}",
        "--tls-cert-file=serving.crt",
        "--tls-private-key-file=serving.key",
        "--client-ca-file=ca.crt",
        "--token-auth-file=tokens.csv",
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=service-accounts.key",
        "--service-account-signing-key-file=service-accounts.key",
        "--service-cluster-ip-range=10.0.0.0/24",
        "--endpoint-reconciler-type=none",  # loopback is no endpoint that the API allows
        # Nobody makes the default service account without controllers, and pods would be refused.
        "--disable-admission-plugins=ServiceAccount",
        # As on OpenShift: whoever makes an object that keeps its owner from going needs a right to do so.
        "--enable-admission-plugins=OwnerReferencesPermissionEnforcement",
        "--shutdown-delay-duration=0s",
        "--profiling=false",
    ]
