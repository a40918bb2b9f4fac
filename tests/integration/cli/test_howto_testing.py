"""The commands of ``docs/howto/testing.md`` do what the page says, in the order of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "testing.md"
STEP = re.compile(r"```shell\n(?P<commands>.*?)```(?:\n\n```text\n(?P<answer>.*?)```)?", re.DOTALL)


def test_the_page_about_testing_runs_as_it_stands(tmp_path: Path) -> None:
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
    }
    folder = tmp_path / "folder"
    folder.mkdir()
    steps = list(STEP.finditer(PAGE.read_text()))

    for step in steps:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", step["commands"]],
            cwd=folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, f"{step['commands']}{done.stdout}"
        if step["answer"] is not None:
            assert done.stdout == step["answer"]

    assert (len(steps), sum(step["answer"] is not None for step in steps)) == (6, 4)
