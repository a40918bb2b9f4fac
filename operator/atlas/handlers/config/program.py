"""The program that evaluates one project file: a task on standard input, an answer on standard output, and its end.

It limits itself before it looks at the file. A defect is answered by where it happened, without a value.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import AtlasError, SpecError
from atlas.handlers.config.files import WiredConfigFiles
from atlas.reconcile.config_ports import Answer
from atlas.reconcile.evaluation import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.handlers.config.evaluator import Task
    from atlas.project.data import ReadSource
    from atlas.wire.contract import RegistryAddress

ANSWER_LIMIT_BYTES = 32 * 1024**2
"""The operator has to hold it, and has no limit of its own."""
_TOO_LARGE = Answer(
    SpecError(
        f"what the project file says is larger than {ANSWER_LIMIT_BYTES // 1024**2} MiB: it must say less"
    ),
    (),
)
_TOO_MUCH = Answer(SpecError("the project file needs more memory than it may have: it must do less"), ())
_GRACE_S = 5.0
_NICENESS = 10
"""The passes of others come first."""
_LIKELIEST_VICTIM = "1000"


def main() -> None:
    """Answer the task on standard input."""
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the operator, by a pipe that nobody else has
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no part of the answer
    _limit(task)
    with os.fdopen(answers, "wb") as output:
        output.write(answer_to(task))


def answer_to(task: Task) -> bytes:
    """The ``Answer``, or a text that tells of a defect."""
    try:
        answer = pickle.dumps(_answer(task))
        return answer if len(answer) <= ANSWER_LIMIT_BYTES else pickle.dumps(_TOO_LARGE)
    except MemoryError:
        return pickle.dumps(_TOO_MUCH)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other side has to be told
        frames = "".join(traceback.format_tb(error.__traceback__))
        return pickle.dumps(f"{type(error).__name__}\n{frames}")


def _answer(task: Task) -> Answer:
    try:
        found = evaluate(task.request, _sources(task), task.rules, WiredConfigFiles(task.rules, task.folder))
    except RecursionError:
        return Answer(SpecError("the project file is nested too deeply: it must do less"), ())
    return Answer(_portable(found.found), found.secrets) if isinstance(found.found, AtlasError) else found


def _portable(error: AtlasError) -> AtlasError:
    """The error itself, or where it is made of more than a message, its message as that of the file."""
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - a moment ago it was ours
    except TypeError:
        return SpecError(str(error))
    return copy if isinstance(copy, AtlasError) else SpecError(str(error))


def _sources(task: Task) -> Callable[[Callable[[], RegistryAddress]], Mapping[str, ReadSource]]:
    def sources(address: Callable[[], RegistryAddress]) -> Mapping[str, ReadSource]:
        from atlas import wiring
        from atlas.handlers.ports import WiredTargets

        return wiring.data_sources(
            folder=Path(task.folder or "/"),
            environ={},
            registry=address,
            programs=False,
            open_database=WiredTargets(task.rules).open,
        )

    return sources


def _limit(task: Task) -> None:
    """Limits that hold also in C code, and when the operator is gone."""
    seconds = int(task.time_limit_s + _GRACE_S) + 1
    os.nice(_NICENESS)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, task.memory_limit_bytes)
    try:
        Path("/proc/self/oom_score_adj").write_text(_LIKELIEST_VICTIM)
    except OSError:
        return  # not Linux, or not ours to say


def _lower(limit: int, value: int) -> None:
    """A limit that is lower already stays."""
    _, hard = resource.getrlimit(limit)
    lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (lowest, lowest))


if __name__ == "__main__":
    main()
