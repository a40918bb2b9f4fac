"""The commands of ``docs/howto/registry-cli.md`` do what the page says, in the order of the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.integration.registry.conftest import Served

PAGE = Path(__file__).parents[3] / "docs" / "howto" / "registry-cli.md"
STEP = re.compile(r"```shell\n(?P<commands>.*?)```(?:\n\n```text\n(?P<answer>.*?)```)?", re.DOTALL)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_the_page_about_the_registry_runs_as_it_stands(tmp_path: Path, served: Served) -> None:
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
        "ATLAS_CLOUD_URL": served.url,
        "ATLAS_TOKEN": served.token,
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
            assert TIME.sub("TIME", done.stdout) == TIME.sub("TIME", step["answer"]), step["commands"]
    assert len(steps) == 12
    assert sum(step["answer"] is not None for step in steps) == 11
