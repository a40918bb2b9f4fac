"""The same two migrations as every kind of directory URL, and commands that run on them in this process."""

from __future__ import annotations

import gc
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest import mock

from atlas.cli.main import run
from atlas.engine.directory import compute_sum
from atlas.engine.formats import ToolFile, sum_of
from atlas.sources.local import read_directory
from atlas.sources.tool_folders import read_tool_folder

from tests.integration.cli.conftest import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ONE, TWO = "CREATE TABLE one (id integer);\n", "CREATE TABLE two (id integer);\n"
TOOLS: Mapping[str, tuple[ToolFile, ToolFile]] = {
    "golang-migrate": (ToolFile("1_one.up.sql", ONE.encode()), ToolFile("2_two.up.sql", TWO.encode())),
    "goose": (
        ToolFile("1_one.sql", f"-- +goose Up\n{ONE}".encode()),
        ToolFile("2_two.sql", f"-- +goose Up\n{TWO}".encode()),
    ),
    "flyway": (ToolFile("V1__one.sql", ONE.encode()), ToolFile("V2__two.sql", TWO.encode())),
    "liquibase": (
        ToolFile("1_one.sql", f"--liquibase formatted sql\n--changeset me:1\n{ONE}".encode()),
        ToolFile("2_two.sql", f"--liquibase formatted sql\n--changeset me:2\n{TWO}".encode()),
    ),
    "dbmate": (
        ToolFile("1_one.sql", f"-- migrate:up\n{ONE}".encode()),
        ToolFile("2_two.sql", f"-- migrate:up\n{TWO}".encode()),
    ),
}
PROJECT = """
data "template_dir" "m" {
  path = "templates"
  vars = {
    Name = "one"
  }
}
env "templates" {
  migration {
    dir = data.template_dir.m.url
  }
}
env "tool" {
  migration {
    dir = "${data.template_dir.m.url}?format=goose"
  }
}
"""


def make_world(folder: Path) -> None:
    """Directories of every kind, a repository of git whose branch ``base`` has the first file, and test files."""
    for tool, files in TOOLS.items():
        _write(folder / tool, {file.name: file.content.decode() for file in files})
        _seal(folder / tool, tool)
    _write(folder / "migrations", {"1_one.sql": ONE, "2_two.sql": TWO})
    _seal(folder / "migrations", "atlas")
    _write(folder / "base", {"1_one.sql": ONE})
    _seal(folder / "base", "atlas")
    _write(folder / "templates", {"1_one.sql": ONE.replace("one", "{{ .Name }}"), "2_two.sql": TWO})
    with tarfile.open(folder / "migrations.tar.gz", "w:gz") as archive:
        archive.add(folder / "migrations", arcname=".")
    with tarfile.open(folder / "goose.tar", "w") as archive:
        archive.add(folder / "goose", arcname=".")
    (folder / "migrations.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    _write(
        folder,
        {
            "atlas.hcl": PROJECT,
            "three.sql": f"{ONE}{TWO}CREATE TABLE three (id integer);\n",
            "migrate.test.hcl": (
                'test "migrate" "both" {\n  migrate {\n    to = "2"\n  }\n'
                '  exec {\n    sql = "SELECT count(*) FROM two"\n    output = "0"\n  }\n}\n'
            ),
            "schema.test.hcl": (
                'test "schema" "both" {\n  exec {\n    sql = "SELECT count(*) FROM two"\n    output = "0"\n  }\n}\n'
            ),
        },
    )
    _commit(folder)


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def _seal(folder: Path, tool: str) -> None:
    if tool == "atlas":
        sums = compute_sum(read_directory(folder))
    else:
        sums = sum_of(tool, read_tool_folder(folder, tool))
    (folder / "atlas.sum").write_text(sums.text)


def _commit(folder: Path) -> None:
    """Nobody's settings of git count, and none of the second files is in the branch ``base``.

    What git keeps lies beside the folder, so that a copy of it is small.
    """
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
    as_somebody = ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "x"]
    for words in (
        ["init", "-q", "-b", "base", "--template=", "--separate-git-dir", f"{folder}.git"],
        ["add", "*1_*"],
        as_somebody,
        ["checkout", "-q", "-b", "work"],
        ["add", "."],
        as_somebody,
    ):
        subprocess.run(["git", "-C", str(folder), *words], check=True, env=quiet)


@dataclass(frozen=True, slots=True)
class World:
    """A copy of the directories, of which a test may do away with everything."""

    folder: Path
    environ: Mapping[str, str]

    @classmethod
    def copied(cls, template: Path, folder: Path, environ: Mapping[str, str]) -> World:
        shutil.copytree(template, folder, dirs_exist_ok=True)
        return cls(folder, {"HOME": str(folder), "PATH": os.environ["PATH"], **environ})

    def __call__(self, *words: str) -> Answer:
        """Run a command in this process; what it changes of the process is put back."""
        out, err = io.StringIO(), io.StringIO()
        with _as_before(self.folder, self.environ), redirect_stdout(out), redirect_stderr(err):
            code = run(words)
        assert "Traceback" not in err.getvalue(), err.getvalue()
        assert "this is a bug of atlas" not in err.getvalue(), err.getvalue()
        return Answer(code, out.getvalue(), err.getvalue())

    def tables(self, database: str = "app.db") -> list[str]:
        with closing(sqlite3.connect(self.folder / database)) as connection:
            rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
            return [name for (name,) in rows if not name.startswith("atlas_")]

    def files(self) -> dict[str, bytes]:
        """Everything that lies there, except databases and their locks."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in found
            if path.suffix not in {".db", ".lock"} and not path.name.startswith("app.db")
        }


@contextmanager
def _as_before(folder: Path, environ: Mapping[str, str]) -> Iterator[None]:
    here, threshold = os.getcwd(), gc.get_threshold()  # noqa: PTH109 - as chdir takes it
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    with (
        mock.patch.dict(os.environ, environ, clear=True),
        mock.patch.object(tempfile, "tempdir", str(folder)),
    ):
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)
            gc.set_threshold(*threshold)
            for number, handler in kept.items():
                signal.signal(number, handler)
