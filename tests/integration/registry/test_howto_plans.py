"""The commands of ``docs/howto/plans.md`` do what the page says, in the order of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Served

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "plans.md"
STEP = re.compile(r"```shell\n(?P<commands>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)


def test_the_page_about_plans_runs_as_it_stands(tmp_path: Path, served: Served) -> None:
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
        "ATLAS_CLOUD_URL": f"{served.url}/query",
        "ATLAS_TOKEN": served.token,
    }
    folder = tmp_path / "folder"
    folder.mkdir()
    text = PAGE.read_text()
    steps = list(STEP.finditer(text))
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
        assert done.stdout == step["answer"]
    assert len(steps) == text.count("```shell\n") == 5
