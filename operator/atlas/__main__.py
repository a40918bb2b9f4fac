"""The two console scripts: ``atlas``, and ``atlas-operator`` which is ``atlas operator`` by another name."""

from __future__ import annotations

import os
import sys

from atlas import version_text


def main() -> None:
    """Run the command line of this process and exit with its code."""
    _run(sys.argv[1:])


def operator_main() -> None:
    """Run ``atlas operator …`` with the words of ``atlas-operator …``."""
    _run(["operator", *sys.argv[1:]])


def _run(words: list[str]) -> None:
    _open_closed_streams()
    if _is_answered(words):
        return
    import gc

    from atlas.cli.main import run

    code = run(words)
    gc.freeze()  # all of it ends with the process: the interpreter need not look through it for garbage
    sys.exit(code)


def _is_answered(words: list[str]) -> bool:
    """Answer ``atlas version``, which some clients ask before every call, before anything is imported."""
    if words != ["version"]:
        return False
    try:
        sys.stdout.write(version_text() + "\n")
        sys.stdout.flush()
    except OSError:
        return False  # the long way fails too, and says why
    return True


def _open_closed_streams() -> None:
    """Put ``/dev/null`` where a standard stream is closed: a database's file or socket would get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115 - as long as we live


if __name__ == "__main__":
    main()
