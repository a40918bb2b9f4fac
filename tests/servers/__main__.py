"""``python -m tests.servers build``: make the programs of the object stores that tests speak to, once."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.servers import azurite, fake_gcs
from tests.servers.stores import StoreError


def main(arguments: list[str]) -> int:
    """Build all; without Go or npm that is no error, except in CI, where nothing may be skipped."""
    if arguments != ["build"]:
        print("usage: python -m tests.servers build", file=sys.stderr)
        return 2
    missing = 0
    for build in (fake_gcs.build, azurite.build):
        try:
            print(build())
        except (StoreError, subprocess.CalledProcessError) as error:
            print(f"tests that need it will be skipped: {error}", file=sys.stderr)
            missing += 1
    return 1 if missing and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
