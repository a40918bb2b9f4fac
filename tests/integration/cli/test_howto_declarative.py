"""The commands of ``docs/howto/declarative.md`` do what the page says, in the order of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "declarative.md"
STEP = re.compile(r"```shell\n(?P<commands>.*?)```(?:\n\n```text\n(?P<answer>.*?)```)?", re.DOTALL)


def test_the_page_from_a_database_to_a_desired_state_runs_as_it_stands(tmp_path: Path) -> None:
    bin_folder = Path(sys.executable).parent
    environ = {
        "PATH": f"{bin_folder}{os.pathsep}{os.defpath}",
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

    assert len(steps) == 9
    assert sum(step["answer"] is not None for step in steps) == 5
    assert re.search(r"^app +True +Applied", done.stdout, re.MULTILINE)
