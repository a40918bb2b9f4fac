"""What starting the command costs: ``atlas version`` may import this and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

ALLOWED = {"__future__", "atlas", "atlas.__main__"}
LIST_MODULES = """
import json, sys
before = set(sys.modules)
sys.argv = ["atlas", "version"]
from atlas.__main__ import main
main()
sys.stdout.write(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_version_imports_nothing_heavy() -> None:
    answer = subprocess.run([sys.executable, "-c", LIST_MODULES], capture_output=True, text=True, check=True)
    line, _, modules = answer.stdout.partition("\n")
    assert line.startswith("atlas version v")
    assert set(json.loads(modules)) <= ALLOWED
