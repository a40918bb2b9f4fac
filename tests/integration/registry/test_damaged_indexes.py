"""A registry some of whose indexes are damaged: all others are indexed, and one repository is brought back alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.errors import SpecError
from atlas.server.run import DataOptions, opened_registry
from atlas.server.store.tokens import list_tokens

from tests.integration.registry.conftest import A, B, Served, serving
from tests.integration.registry.person import shell_of

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("first", "second", "third")


def index_of(folder: Path, name: str) -> Path:
    return folder / "data" / "content" / "acme" / "directories" / name / "index.json"


@pytest.fixture
def broken(tmp_path: Path) -> Served:
    """Three repositories, a backup of them, no database any more, and two indexes that are none."""
    data = DataOptions(tmp_path / "data")
    with serving(data) as served:
        for name in NAMES:
            served.push(A, name)
        served.push(B, "first")
        shell_of(tmp_path).ok("registry", "backup", "--data", "data", "--to", f"file://{tmp_path}/backup")
    for file in data.folder.glob("registry.db*"):
        file.unlink()
    index_of(tmp_path, "first").write_bytes(b"{")
    index_of(tmp_path, "second").write_bytes(b"")
    return served


def test_reindex_does_all_others_and_names_each_that_is_damaged(broken: Served, tmp_path: Path) -> None:
    data, shell = DataOptions(tmp_path / "data"), shell_of(tmp_path)
    with pytest.raises(SpecError, match=r"acme/directories/first/index\.json"), opened_registry(data):
        pytest.fail("a new database was filled with some of what there is")
    answer = shell("registry", "reindex", "--data", "data")
    assert (answer.code, answer.out) == (1, "Indexed 1 repository.\n")
    assert "2 indexes of the content store cannot be read, all others were done:\n" in answer.err
    for name in ("first", "second"):
        assert f"  acme/directories/{name}/index.json: the index of a repository cannot be read" in answer.err
    with serving(data) as after:
        assert after.pull("atlas://third").entries == A


def test_one_repository_is_brought_back_alone_and_without_tokens(broken: Served, tmp_path: Path) -> None:
    shell, backup = shell_of(tmp_path), f"file://{tmp_path}/backup"
    index_of(tmp_path, "first").unlink()
    restore = ("backup", "restore", backup, "--data", "data", "--repo")
    answer = shell(*restore, "first")
    assert answer.code == 1
    assert "1 index of the content store cannot be read" in answer.err
    assert "acme/directories/second/index.json" in answer.err
    index_of(tmp_path, "second").unlink()
    assert shell.ok(*restore, "atlas://second", "--repo", "first").endswith("Indexed 3 repositories.\n")
    with opened_registry(DataOptions(tmp_path / "data")) as registry:
        assert list_tokens(registry) == []
    assert "let in again" in shell.ok("backup", "restore", backup, "--data", "data")
    with serving(DataOptions(tmp_path / "data")) as after:
        seen = Served(after.registry, after.url, broken.token)
        assert [seen.pull(f"atlas://{name}").entries for name in NAMES] == [B, A, A]


def test_a_name_that_the_backup_does_not_have_is_told_with_the_nearest(
    broken: Served, tmp_path: Path
) -> None:
    answer = shell_of(tmp_path)(
        "backup", "restore", f"file://{tmp_path}/backup", "--data", "new", "--repo", "thrid"
    )
    assert answer.code == 1
    assert 'repository "thrid" not found in' in answer.err
    assert "the nearest are third" in answer.err
    assert not (tmp_path / "new").exists()
