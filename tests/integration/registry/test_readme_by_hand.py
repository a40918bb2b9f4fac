"""The commands of the README's "By hand" do what it says, in its order, on a registry that they start themselves."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from tests.daemon import free_port
from tests.howto import run_commands

README = Path(__file__).parents[3] / "README.md"
LISTENS = "until (: > /dev/tcp/127.0.0.1/{port}) 2> /dev/null; do sleep 0.1; done"


def _commands(port: int) -> str:
    """The blocks of the section as one script: another port, the token that was shown, and the wait that it asks for."""
    section = README.read_text().split("\n## By hand\n")[1].split("\n## ")[0]
    text = "\n".join(re.findall(r"```shell\n(.*?)```", section, re.DOTALL))
    create, wait = "atlas registry token create --data ./registry", "# wait until it says that it listens"
    for part in (create, wait, "aci_…", ":8080", 'kill "$registry"'):
        assert part in text
    return (
        text.replace(create, f"{create} | tee token")
        .replace(wait, f"\n{LISTENS.format(port=port)}")
        .replace("aci_…", "$(tail -n 1 token)")
        .replace(":8080", f":{port}")
    )


def test_the_commands_of_the_readme_run_as_they_stand(tmp_path: Path) -> None:
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "LANG": "C.UTF-8",
    }
    end = "trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n"
    printed = run_commands(end + _commands(free_port()), README.parent, environ)
    for said in (
        "You are now connected to",
        "app   MIGRATION_DIRECTORY  0       0       0",
        "app   MIGRATION_DIRECTORY  1       0       0",
        "-- 1 migration\n",
        "Already at latest version",
        "Schema is synced, no changes to be made",
    ):
        assert said in printed
    assert printed.endswith(f"{README.parent}\n"), "the shell is where it was"
