"""Where etcd, kube-apiserver and kubectl come from: a folder that is given, PATH, the cache, or a build.

The build takes the programs from the Go module proxy by ``build/go.mod`` and ``build/go.sum``, so every byte is pinned.
Tests never build: six minutes do not hide in a fixture. ``python -m tests.controlplane build`` does.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCES = Path(__file__).parent / "build"
PROGRAMS = ("etcd", "kube-apiserver", "kubectl")
HOW_TO_GET = (
    "no etcd, kube-apiserver and kubectl: run `make controlplane` (Go >= 1.26, about six minutes, once), "
    "or set KUBEBUILDER_ASSETS to a folder that holds the three, "
    "or ATLAS_TEST_KUBECONFIG to a cluster that tests may write to"
)


class BinariesError(LookupError):
    """No programs were found, or they cannot be built; the message says how to get them."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder that holds the three programs, of matching versions."""

    directory: Path

    @property
    def etcd(self) -> Path:
        return self.directory / "etcd"

    @property
    def kube_apiserver(self) -> Path:
        return self.directory / "kube-apiserver"

    @property
    def kubectl(self) -> Path:
        return self.directory / "kubectl"


def find(environ: Mapping[str, str]) -> Binaries:
    """Return the programs of ``KUBEBUILDER_ASSETS``, else of one folder of PATH, else of the cache.

    Raises:
        BinariesError: none of the three has all programs.
    """
    given = environ.get("KUBEBUILDER_ASSETS")
    if given:
        if not holds_all(Path(given)):
            raise BinariesError(f"KUBEBUILDER_ASSETS={given} does not hold {', '.join(PROGRAMS)}")
        return Binaries(Path(given))
    folders = [Path(folder) for folder in environ.get("PATH", os.defpath).split(os.pathsep) if folder]
    for folder in [*folders, cached(environ)]:
        if holds_all(folder):
            return Binaries(folder)
    raise BinariesError(HOW_TO_GET)


def holds_all(folder: Path) -> bool:
    """Tell whether the three programs are in one folder; a mix of versions would test nobody's cluster."""
    return all(os.access(folder / program, os.X_OK) for program in PROGRAMS)


def cached(environ: Mapping[str, str]) -> Path:
    """Return the folder of the cache for what ``build/`` pins now; it may not exist yet."""
    root = environ.get("ATLAS_TEST_CACHE") or environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    pinned = b"".join(source.read_bytes() for source in sorted(SOURCES.rglob("*")) if source.is_file())
    return Path(
        root, "atlas-operator", "controlplane", f"{version()}-{hashlib.sha256(pinned).hexdigest()[:12]}"
    )


def version() -> str:
    """Return the version of Kubernetes that ``build/go.mod`` asks for, ``v1.36.3`` for example."""
    found = re.search(r"^\tk8s\.io/kubernetes (v\S+)$", (SOURCES / "go.mod").read_text(), re.MULTILINE)
    if found is None:
        raise BinariesError(f"{SOURCES / 'go.mod'} does not require k8s.io/kubernetes")
    return found[1]


def build(environ: Mapping[str, str]) -> Binaries:
    """Build the programs into the cache unless they are there; two runs at once build only once.

    Raises:
        BinariesError: there is no Go that can build them.
        subprocess.CalledProcessError: the build failed; the compiler's words went to stderr.
    """
    target = cached(environ)
    with only_one(target.parent):
        if not holds_all(target):
            go = require_go(environ)
            print(f"building {', '.join(PROGRAMS)} {version()}: about six minutes, once", file=sys.stderr)
            with tempfile.TemporaryDirectory(prefix=".building-", dir=target.parent) as folder:
                output = Path(folder, "programs")
                compile_programs(go, output, environ)
                output.rename(target)
    return Binaries(target)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of the cache; the kernel frees it when the process dies."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def require_go(environ: Mapping[str, str]) -> str:
    go = shutil.which("go", path=environ.get("PATH"))
    if go is None:
        raise BinariesError(HOW_TO_GET)
    # In the folder of go.mod the command itself says when it is too old for it.
    answer = subprocess.run(
        [go, "env", "GOVERSION"], cwd=SOURCES, env=environ, capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        raise BinariesError(f"{answer.stderr.strip()}\n{HOW_TO_GET}")
    return go


def compile_programs(go: str, output: Path, environ: Mapping[str, str]) -> None:
    major, minor, _ = version().removeprefix("v").split(".", 2)
    stamp = "k8s.io/component-base/version"
    stamps = [
        f"-X {stamp}.gitVersion={version()}",
        f"-X {stamp}.gitMajor={major}",
        f"-X {stamp}.gitMinor={minor}",
        f"-X k8s.io/client-go/pkg/version.gitVersion={version()}",
    ]
    output.mkdir()
    subprocess.run(
        [
            *(go, "build", "-trimpath", "-buildvcs=false", "-mod=readonly"),
            *("-ldflags", " ".join(["-s", "-w", *stamps])),
            *("-o", f"{output}{os.sep}"),
            *(f"./{program}" for program in PROGRAMS),
        ],
        cwd=SOURCES,
        env={**environ, "CGO_ENABLED": "0"},
        stdin=subprocess.DEVNULL,
        check=True,
    )
