"""The demo as a newcomer runs it, on a folder and on a cluster: every claim true, nothing left running."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.controlplane import binaries

ROOT = Path(__file__).parents[2]
CLAIMS = (
    "cloud repo list shows shop",
    "READY True  REASON Applied",
    "VERSION 20260112083000",
    "the message names the tags there are",
    "database unchanged: sha256 same",
    "7 files are complete, none is half done",
    "resumed at file 8",
    "every statement ran once",
    "rows kept: 1,000 of 1,000",
    "the backup took it",
    "status.source says the same",
    "table wishes is there",
    "the registry has v3 now",
    "AtlasSchema notes: READY True",
    "REASON LintPolicyError",
    "table and column are named: column main.notes.author",
    "rows kept, authors too: 3 of 3",
)


def demo(*words: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "examples.demo", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def left_running(folder: str) -> list[str]:
    found = []
    for process in psutil.process_iter():
        try:
            words = " ".join(process.cmdline())
        except psutil.Error:
            continue
        if folder in words:
            found.append(words)
    return found


@pytest.mark.parametrize("words", [(), ("cluster",)], ids=["folder", "cluster"])
def test_every_claim_of_the_demo_is_true(words: tuple[str, ...]) -> None:
    if words:
        try:
            binaries.find(os.environ)
        except binaries.BinariesError as missing:
            pytest.skip(str(missing))
    shown = demo(*words)
    assert [claim for claim in CLAIMS if f"✓ {claim}" not in shown] == []
    assert re.search(r"✓ READY True  source: file:///\S+/backup \(age \d+ s\)", shown)
    folders = re.findall(r"--allow-path (\S+)", shown)
    assert folders
    assert not Path(folders[0]).exists()
    assert left_running(folders[0]) == []


def test_a_claim_that_is_untrue_ends_the_demo() -> None:
    from examples.demo.stage import ClaimError, claim

    with pytest.raises(ClaimError, match="untrue"):
        claim("water is dry", holds=False)
