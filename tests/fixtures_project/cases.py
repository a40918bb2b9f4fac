"""The folders below this one: ``atlas.hcl``, ``expected.json`` and, where a run needs more, ``case.toml``.

``case.toml``: ``env`` (default ``local``, '' for none), ``vars`` (words of ``--var``), ``environ``, ``config`` (words of
``--config``), ``programs`` (default false), and ``[sqlite]``, databases to make: their names and scripts.
"""

from __future__ import annotations

import json
import sqlite3
import tomllib
from argparse import Namespace
from pathlib import Path
from typing import Any

from atlas.cli.context import Context
from atlas.cli.project.file import filled_for_each
from atlas.settings import settings_from

from tests.fixtures_project.encode import encoded

ROOT = Path(__file__).parent
CASES = sorted(path.parent for path in ROOT.rglob("expected.json"))


def name_of(folder: Path) -> str:
    """The topic and the name."""
    return folder.relative_to(ROOT).as_posix()


def evaluated(folder: Path) -> list[dict[str, object]]:
    """The projects of a folder, as commands on many targets see them. It is the working directory, and written ``.``."""
    case = _case(folder)
    for database, script in case.get("sqlite", {}).items():
        with sqlite3.connect(folder / database) as connection:
            connection.executescript(script)
        connection.close()
    environ: dict[str, str] = {"PATH": "/usr/bin:/bin", "HOME": str(folder), **case.get("environ", {})}
    arguments = Namespace(
        command="fixture",
        env=case.get("env", "local"),
        var=case.get("vars", []),
        config=case.get("config", [] if case.get("env", "local") else ["file://atlas.hcl"]),
        allow_programs=case.get("programs", False),
    )
    context = Context(settings_from(environ), environ)
    projects = [encoded(project) for _, project in filled_for_each(arguments, context) if project]
    found: list[dict[str, object]] = json.loads(json.dumps(projects).replace(str(folder), "."))
    return found


def _case(folder: Path) -> dict[str, Any]:
    path = folder / "case.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}
