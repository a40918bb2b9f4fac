"""Directories of other tools in a registry: what would run is stored, as files of atlas."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.integration.registry.conftest import Served
from tests.nursery import run_atlas


def run(folder: Path, environ: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    whole = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **environ}
    return run_atlas(words, folder=folder, environ=whole)


def test_what_is_pushed_of_another_tool_is_pulled_as_files_of_atlas(served: Served, tmp_path: Path) -> None:
    environ = {"ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token}
    folder = tmp_path / "work"
    (folder / "db").mkdir(parents=True)
    down = "-- +goose Down\nDROP TABLE a;\n"
    (folder / "db" / "1_a.sql").write_text(f"-- +goose Up\nCREATE TABLE a (id integer);\n{down}")
    url = "file://db?format=goose"
    for words in (
        ("migrate", "hash", "--dir", url),
        ("migrate", "push", "app", "--dir", url, "--dev-url", "sqlite://dev?mode=memory"),
        ("migrate", "pull", "app", "--dir", "file://pulled"),
        ("migrate", "apply", "--dir", "atlas://app", "--url", "sqlite://app.db"),
    ):
        done = run(folder, environ, *words)
        assert done.returncode == 0, done.stderr
    assert (folder / "pulled" / "1_a.sql").read_text().split("\n") == [
        "",
        "CREATE TABLE a (id integer);",
        "",
        "",
        "",
    ]
    done = run(
        folder, environ, "migrate", "apply", "--dir", "atlas://app?format=goose", "--url", "sqlite://app.db"
    )
    assert done.returncode == 3
    assert 'the format "goose" of atlas://app is not supported' in done.stderr
