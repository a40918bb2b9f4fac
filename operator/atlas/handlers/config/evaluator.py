"""The ports of project files of resources, where the operator was told to allow them.

A file is evaluated in a process of its own. An expression can keep Python from doing anything else, and can ask for all
memory there is; both end with that process, and the passes of all other resources go on. It is given no variable of the
operator's environment but those that say how clouds and networks are reached.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from atlas.errors import SpecError
from atlas.handlers.config.files import WiredConfigFiles
from atlas.reconcile.config_ports import Answer, ConfigPorts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.reconcile.config_ports import Request
    from atlas.reconcile.ports import TargetRules

TIME_LIMIT_S: Final = 30.0
MEMORY_LIMIT_BYTES: Final = 1024**3
"""Of addresses, of which the libraries of databases and clouds take a good part."""
_PROGRAM: Final = "atlas.handlers.config.program"
_PASSED: Final = ("AWS_", "CLOUDSDK_", "GCE_", "GOOGLE_", "LC_", "SSL_CERT_")
_PASSED_NAMES: Final = frozenset(
    {"HOME", "HTTPS_PROXY", "HTTP_PROXY", "LANG", "NO_PROXY", "PATH", "REQUESTS_CA_BUNDLE", "TMPDIR"}
)


class Task(NamedTuple):
    """What the process is given on its standard input."""

    request: Request
    rules: TargetRules
    folder: str
    time_limit_s: float
    memory_limit_bytes: int


class Evaluator:
    """Evaluates project files in processes of their own. Safe to use from threads."""

    def __init__(
        self,
        rules: TargetRules,
        folder: str,
        environ: Mapping[str, str],
        *,
        time_limit_s: float = TIME_LIMIT_S,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
    ) -> None:
        """``folder`` is what relative paths are relative to; '' refuses them."""
        self._rules = rules
        self._folder = os.path.realpath(folder) if folder else ""
        self._environ = {
            name: value
            for name, value in environ.items()
            if name.startswith(_PASSED) or name.upper() in _PASSED_NAMES
        }
        self._time_limit_s = time_limit_s
        self._memory_limit_bytes = memory_limit_bytes

    def __call__(self, request: Request) -> Answer:
        """As ``reconcile.evaluation.evaluate``.

        Raises:
            SpecError: The limit of time or of memory was reached.
        """
        task = Task(request, self._rules, self._folder, self._time_limit_s, self._memory_limit_bytes)
        with subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-I", "-m", _PROGRAM],
            env=self._environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as child:
            try:
                output, _ = child.communicate(pickle.dumps(task), timeout=self._time_limit_s)
            except subprocess.TimeoutExpired:
                child.kill()
                raise SpecError(
                    f"the project file took more than {self._time_limit_s:g}s to evaluate: it must do less, or its data "
                    "sources must answer sooner"
                ) from None
        if child.returncode > 0:
            raise RuntimeError(f"the evaluator of project files ended with code {child.returncode}")
        if child.returncode < 0:
            raise SpecError(
                f"the project file was not evaluated: it needs more than {self._memory_limit_bytes // 1024**2} MiB, or "
                "more than its time: it must do less"
            )
        answer = pickle.loads(output)  # noqa: S301 - from our own program, by a pipe that nobody else has
        if isinstance(answer, Answer):
            return answer
        raise RuntimeError(f"the evaluator of project files has a defect:\n{answer}")


def config_ports(rules: TargetRules, folder: str = "") -> ConfigPorts:
    """What a resource with a project file may touch; ``folder`` is where paths of a person's own manifests begin."""
    return ConfigPorts(
        files=WiredConfigFiles(rules, folder), evaluate=Evaluator(rules, folder, dict(os.environ))
    )
