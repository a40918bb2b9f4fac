"""What a cluster for a person says and leaves; that one starts and ends is a matter of the README's own test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.controlplane import standing
from tests.controlplane.__main__ import main

ROOT = Path(__file__).parents[2]


def test_the_way_to_it_is_the_line_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exports = [line for line in (ROOT / "README.md").read_text().splitlines() if "export KUBECONFIG" in line]
    assert exports == [standing.words_to_reach(ROOT / ".cluster")]


def test_a_folder_elsewhere_is_named_whole(tmp_path: Path) -> None:
    assert f'KUBECONFIG="{tmp_path}/kubeconfig"' in standing.words_to_reach(tmp_path)


def test_the_folder_leaves_with_the_databases_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / ".cluster"
    folder.mkdir()
    for name in ("cluster.log", "notes.db", "pid"):
        (folder / name).write_text("0")
    assert main(["down", str(folder)]) == 0
    assert not folder.exists()
    assert "unset KUBECONFIG" in capsys.readouterr().out


def test_a_folder_that_no_cluster_had_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.db").touch()
    assert main(["down", str(tmp_path)]) == 0
    assert (tmp_path / "notes.db").exists()
    assert f"{tmp_path} stays" in capsys.readouterr().out
