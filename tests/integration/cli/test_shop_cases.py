"""The tests of the shop in examples/, by the commands of its README, on each kind of database."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

SHOP = Path(__file__).parents[3] / "examples" / "shop"
ATLAS = Path(sys.executable).parent / "atlas"
COMMANDS = re.findall(r"^atlas ((?:schema|migrate) test .*)$", (SHOP / "README.md").read_text(), re.MULTILINE)


def test_the_readme_has_both_commands() -> None:
    assert [command.split()[0] for command in COMMANDS] == ["schema", "migrate"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["sqlite", "postgres", "mariadb"])
def test_the_shop_keeps_what_its_test_files_promise(
    command: str, kind: str, request: pytest.FixtureRequest
) -> None:
    dev: list[str] = [] if kind == "sqlite" else ["--dev-url", request.getfixturevalue(f"{kind}_url")]
    if kind == "postgres":
        dev[1] += "&search_path=public"
    done = subprocess.run(
        [str(ATLAS), *command.split(), *dev],
        cwd=SHOP,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["-- PASS", "-- PASS", "PASS"]
