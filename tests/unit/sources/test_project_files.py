"""Files by their paths from the folder of the file that names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from atlas.sources.project_files import ProjectFiles


def test_a_path_is_relative_to_the_folder_and_an_absolute_one_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "a.sql").write_text("SELECT 'é';")
    files = ProjectFiles(folder)

    assert files.read("../a.sql") == "SELECT 'é';"
    assert files.read(str(tmp_path / "a.sql")) == "SELECT 'é';"


def test_a_missing_file_says_where_it_was_expected(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=r'file "sub/a.sql" cannot be read: No such file or directory'
    ) as caught:
        ProjectFiles(tmp_path).read("sub/a.sql")

    assert f"expected it at {tmp_path}/sub/a.sql" in str(caught.value)
    assert "relative to the folder of the file that names them" in str(caught.value)


def test_a_folder_is_no_file_and_bytes_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ValueError, match=r'file "\." cannot be read: Is a directory'):
        ProjectFiles(tmp_path).read(".")
    with pytest.raises(ValueError, match='file "b" is no text: expected UTF-8'):
        ProjectFiles(tmp_path).read("b")


def test_links_to_folders_are_not_walked_into_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a.hcl").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)

    assert ProjectFiles(tmp_path).glob("**/*.hcl", recursive=True) == [f"{tmp_path}/a.hcl"]
    assert ProjectFiles(tmp_path).glob("loop/*.hcl", recursive=True) == [f"{tmp_path}/loop/a.hcl"]


@pytest.mark.parametrize("pattern", ["[a", "{a", "a\\", "[]", "[-a]"])
def test_a_malformed_pattern_is_told(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(ValueError, match="is malformed"):
        ProjectFiles(tmp_path).glob(pattern, recursive=True)
