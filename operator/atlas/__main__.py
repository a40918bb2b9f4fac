"""The two console scripts: ``atlas``, and ``atlas-operator`` which is ``atlas operator`` by another name."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process and exit with its code."""
    from atlas.cli.main import run  # not at import: a process may want one function of the package

    sys.exit(run(sys.argv[1:]))


def operator_main() -> None:
    """Run ``atlas operator …`` with the words of ``atlas-operator …``."""
    from atlas.cli.main import run

    sys.exit(run(["operator", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
