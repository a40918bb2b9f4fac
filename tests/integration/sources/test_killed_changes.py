"""Commands that change several files of a directory and are killed: the old directory or the new one, never between."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from atlas.engine.directory import compute_sum, validate
from atlas.errors import DirectoryError
from atlas.sources.directory_change import CHANGE_NAME
from atlas.sources.local import read_directory, write_sum

ROOT = Path(__file__).parents[3]
FILES = {"1_a.sql": "a;\n", "2_b.sql": "b;\n", "3_c.sql": "c;\n"}
OLD = [f"{name} {text.strip()}" for name, text in FILES.items()]
FOLDERS = 16
"""More than a change has events: the last ones are left as they are."""


def made(path: Path) -> Path:
    path.mkdir()
    for name, text in FILES.items():
        (path / name).write_text(text)
    write_sum(path, compute_sum(read_directory(path)))
    return path


def killed(folder: Path, kind: str) -> list[str]:
    """Change one folder after the other, each by a process that dies later; what they wanted the directory to be."""
    for number in range(FOLDERS):
        made(folder / str(number))
    words = [sys.executable, "-m", "tests.integration.sources.killed_change", str(folder), kind]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def seen(path: Path) -> list[str]:
    directory = read_directory(path)
    validate(directory)
    return [f"{file.name} {file.text.strip()}" for file in directory.files]


def on_disk(path: Path) -> list[str]:
    return [f"{file.name} {file.read_text().strip()}" for file in sorted(path.glob("*.sql"))]


@pytest.mark.parametrize("kind", ["rebase", "rm", "edit"])
def test_a_kill_leaves_the_old_directory_or_the_new_one(tmp_path: Path, kind: str) -> None:
    wanted = killed(tmp_path, kind)
    is_new, is_between = [], []
    for number in range(FOLDERS):
        path = tmp_path / str(number)
        is_between.append((path / CHANGE_NAME).exists())
        found = seen(path)
        assert found in (OLD, wanted), f"killed before event {number}"
        is_new.append(found == wanted)
        write_sum(path, compute_sum(read_directory(path)))  # the next command that writes
        assert (on_disk(path), seen(path)) == (found, found)
        assert not (path / CHANGE_NAME).exists()
    changes = is_new.index(True)
    assert changes > 0
    assert True in is_between[changes:], "none was killed between the first and the last of its writes"
    assert not all(is_new[changes:]) or is_new[-1] is False, (
        "the last process came to its end before all were tried"
    )


def test_a_folder_that_nobody_writes_to_is_read_as_the_new_directory(tmp_path: Path) -> None:
    wanted = killed(tmp_path, "rebase")
    between = [path for path in tmp_path.iterdir() if (path / CHANGE_NAME).exists()]
    for path in between:
        before = sorted(entry.name for entry in path.iterdir())
        assert seen(path) == wanted
        assert sorted(entry.name for entry in path.iterdir()) == before
    assert len(between) > 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"renamed": [["1_a.sql", "../x.sql"]], "removed": [], "written": {}, "sum": ""}',
        '{"renamed": [], "removed": ["/etc/passwd"], "written": {}, "sum": ""}',
        '{"renamed": [], "removed": [], "written": {".profile": ""}, "sum": ""}',
    ],
)
def test_a_change_that_no_command_wrote_is_refused(tmp_path: Path, content: str) -> None:
    path = made(tmp_path / "migrations")
    (path / CHANGE_NAME).write_text(content)
    with pytest.raises(DirectoryError, match=r"\.atlas-change is not what a command has written there"):
        read_directory(path)
    assert on_disk(path) == OLD


def test_a_change_writes_through_no_link(tmp_path: Path) -> None:
    path = made(tmp_path / "migrations")
    secret = tmp_path / "secret"
    secret.write_text("mine")
    (path / "4_d.sql").symlink_to(secret)
    (path / CHANGE_NAME).write_text(
        '{"renamed": [], "removed": [], "written": {"4_d.sql": "eA=="}, "sum": ""}'
    )
    with pytest.raises(DirectoryError, match="is a link"):
        write_sum(path, compute_sum(read_directory(path)))
    assert secret.read_text() == "mine"


TOGETHER = """
import os, sys
from pathlib import Path
from atlas.engine.directory import MigrationFile, with_content
from atlas.sources.local import change_files, read_directory

path, name = Path(sys.argv[1]), sys.argv[2]
for number in range(30):
    content = f"{number};".encode()
    change_files(path, with_content(read_directory(path), MigrationFile(name, content)))
    assert (path / name).read_bytes() == content
"""


def test_changes_at_the_same_time_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = made(tmp_path / "migrations")
    words = [sys.executable, "-c", TOGETHER, str(path)]
    running = [subprocess.Popen([*words, name], cwd=ROOT, stderr=subprocess.PIPE) for name in FILES]
    assert [process.communicate()[1] for process in running] == [b""] * len(FILES)
    assert on_disk(path) == [f"{name} 29;" for name in FILES]
    assert not (path / CHANGE_NAME).exists()


def test_templates_are_not_rendered_until_the_change_is_finished(tmp_path: Path) -> None:
    killed(tmp_path, "rebase")
    between = [path for path in tmp_path.iterdir() if (path / CHANGE_NAME).exists()]
    (tmp_path / "atlas.hcl").write_text(
        f'data "template_dir" "d" {{\n  path = "{between[-1].name}"\n}}\nenv {{\n  name = atlas.env\n'
        "  migration {\n    dir = data.template_dir.d.url\n  }\n}\n"
    )
    words = [str(Path(sys.executable).with_name("atlas")), "migrate", "ls", "--env", "x"]
    refused = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "was killed: run 'atlas migrate hash --dir file://" in refused.stderr
    finish = [*words[:2], "hash", "--dir", f"file://{between[-1]}"]
    assert subprocess.run(finish, cwd=tmp_path, check=False).returncode == 0
    assert subprocess.run(words, cwd=tmp_path, check=False).returncode == 0
