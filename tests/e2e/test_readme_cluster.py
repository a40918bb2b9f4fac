"""The commands of the README's "In a cluster" lead from nothing to a resource that is Ready, on a cluster of their own."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.controlplane import binaries
from tests.howto import run_commands

ROOT = Path(__file__).parents[2]
AT_MOST = 10
UP = "make cluster\n"
DOWN = "make cluster-down "


def commands() -> tuple[list[str], str]:
    """Those up to the table, and those that go on from there to an end."""
    section = (ROOT / "README.md").read_text().split("\n## In a cluster\n")[1].split("\n## ")[0]
    first, second = re.findall(r"```shell\n(.*?)```", section, re.DOTALL)[:2]
    return [line for line in first.splitlines() if line], second


def in_a_folder_of_its_own(text: str) -> str:
    """As on the page; only the verbs of make are their recipes."""
    for verb, recipe in (("cluster", "up"), ("cluster-down", "down")):
        lines = (ROOT / "Makefile").read_text().split(f"\n{verb}: ")[1].splitlines()
        assert lines[1].strip() == f"@$(BIN)/python -m tests.controlplane {recipe} .cluster"
    assert text.count(UP) == text.count(DOWN) == 1
    return text.replace(UP, "python -m tests.controlplane up .cluster\n").replace(
        DOWN, "python -m tests.controlplane down .cluster "
    )


def test_a_newcomer_has_a_ready_resource_in_at_most_ten_commands(tmp_path: Path) -> None:
    try:
        programs = binaries.find(os.environ)
    except binaries.BinariesError as missing:
        pytest.skip(str(missing))
    for name in ("crds", "examples", "tests", ".venv"):
        (tmp_path / name).symlink_to(ROOT / name)
    lines, rest = commands()
    assert len(lines) <= AT_MOST
    down = "kill $(jobs -p) 2> /dev/null || true; python -m tests.controlplane down .cluster"
    environ = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "KUBEBUILDER_ASSETS": str(programs.directory),
    }
    environ.pop("KUBECONFIG", None)
    environ.pop("ATLAS_TOKEN", None)
    script = f"trap '{down}' EXIT\n" + in_a_folder_of_its_own("\n".join([*lines, rest]))
    printed = run_commands(script, tmp_path, environ, timeout_s=240)
    assert re.search(r"notes-local +True +Applied +20260106090000", printed)
    assert "atlasschema.db.atlasgo.io/notes-sql condition met" in printed
    assert "the cluster is gone" in printed
    assert not (tmp_path / ".cluster").exists()
    assert not list(tmp_path.glob("atlas-cluster-*"))
