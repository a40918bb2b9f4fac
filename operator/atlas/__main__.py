"""The two console scripts: ``atlas``, and ``atlas-operator`` which is ``atlas operator`` by another name."""

from __future__ import annotations

import sys

from atlas import version_text


def main() -> None:
    """Run the command line of this process and exit with its code."""
    words = sys.argv[1:]
    if words == ["version"]:  # asked before every call by some clients: answered before anything is imported
        sys.stdout.write(version_text() + "\n")
        return
    from atlas.cli.main import run

    sys.exit(run(words))


def operator_main() -> None:
    """Run ``atlas operator …`` with the words of ``atlas-operator …``."""
    from atlas.cli.main import run

    sys.exit(run(["operator", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
