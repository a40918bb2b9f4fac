"""A cluster for a person that outlives the command that began it: its folder has a kubeconfig, kubectl and a log.

It runs in a process of its own, whose number is in the folder; ``end`` ends that process, and the cluster with it;
``forget`` removes the folder.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.controlplane.cluster import ControlPlane
from tests.daemon import DaemonError, is_alive

if TYPE_CHECKING:
    from tests.controlplane.binaries import Binaries

READY_WITHIN_S = 90
END_WITHIN_S = 15
_POLL_S = 0.1
_LOG = "cluster.log"


def begin(folder: Path) -> Path:
    """Start a cluster unless one is up, and return its kubeconfig once it answers.

    Raises:
        DaemonError: It ended, or stayed silent; the message ends with its log.
    """
    kubeconfig = folder / "kubeconfig"
    if running(folder):
        return kubeconfig
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    kubeconfig.unlink(missing_ok=True)
    with (folder / _LOG).open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.controlplane", "serve", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the command that the person types next
        )
    _pid_file(folder).write_text(str(process.pid))
    deadline = time.monotonic() + READY_WITHIN_S
    while not kubeconfig.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise DaemonError(f"the cluster did not start:\n{(folder / 'cluster.log').read_text()}")
        time.sleep(_POLL_S)
    return kubeconfig


def serve(folder: Path, programs: Binaries) -> None:
    """Run the cluster of a folder until SIGTERM or SIGINT."""
    plane = ControlPlane.start(programs)
    try:
        kubectl = folder / "bin" / "kubectl"
        kubectl.unlink(missing_ok=True)
        kubectl.symlink_to(programs.kubectl)
        (folder / "kubeconfig").symlink_to(plane.kubeconfig)  # last: whoever waits goes on from here
        signal.pause()
    except KeyboardInterrupt:
        return
    finally:
        (folder / "kubeconfig").unlink(missing_ok=True)
        plane.stop()


def end(folder: Path) -> bool:
    """End the cluster of a folder; tells whether there was one."""
    process = running(folder)
    if process is None:
        return False
    process.terminate()
    with suppress(psutil.TimeoutExpired):
        process.wait(END_WITHIN_S)
    _pid_file(folder).unlink(missing_ok=True)
    return True


def forget(folder: Path) -> bool:
    """Remove the folder of a cluster that has ended, with the databases that were tried out in it; tells whether it is gone.

    A folder that holds none of what a cluster leaves there is not one, and stays. So does what an operator that has not
    ended yet puts into it meanwhile.
    """
    if not (folder / _LOG).is_file():
        return False
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def words_to_reach(folder: Path) -> str:
    """The line that a shell in the checkout reads to have kubectl, this cluster and the commands of atlas.

    It is that of README "In a cluster" where the folder lies in the checkout.
    """
    here = f"$PWD/{folder.name}" if folder.parent == Path.cwd() else str(folder)
    return f'export KUBECONFIG="{here}/kubeconfig" PATH="{here}/bin:$PWD/.venv/bin:$PATH"'


def running(folder: Path) -> psutil.Process | None:
    """The process of the cluster of a folder; a number that another program has by now is not it."""
    try:
        process = psutil.Process(int(_pid_file(folder).read_text()))
        is_ours = "tests.controlplane" in process.cmdline() and os.fspath(folder) in process.cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return process if is_ours and is_alive(process) else None


def _pid_file(folder: Path) -> Path:
    return folder / "pid"
