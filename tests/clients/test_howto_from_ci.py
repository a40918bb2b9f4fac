"""``docs/howto/from-ci.md``, step by step: a job with the Go tools, ours in its place, an operator, and the Go tools again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.directory import MigrationFile, compute_sum
from atlas.sources.local import read_directory, write_file, write_sum

from tests.howto import run_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clients.interchange import Interchange
    from tests.integration.registry.conftest import Served

DURATION = re.compile(r"\b[\d.]+(µs|ms|s)\b")
LAST = MigrationFile("20260126090000_seen.sql", b"ALTER TABLE notes ADD COLUMN seen integer;\n")

NOTHING = "sql/migrate: no pending migration files"


def test_a_job_of_the_go_tools_becomes_ours_and_the_operators_and_goes_back(
    tmp_path: Path, served: Served, interchange: Interchange
) -> None:
    database = tmp_path / "folder" / "app.db"
    (tmp_path / "locks").mkdir()
    go = interchange.with_environment(TMPDIR=str(tmp_path / "locks"))
    contents: list[bytes] = []

    def job(folder: Path) -> list[str]:
        """The job as it was: a Go process applies what is pending, and fails where anything is not as it left it."""
        question = {
            "url": f"sqlite://{database}",
            "path": str(folder / "migrations"),
            "tx_mode": "file",
            "order": "linear",
        }
        answer = go.ask("apply", question)
        assert answer["error"] in {"", NOTHING}
        files: list[str] = answer["files"]
        assert bool(files) != bool(answer["error"])
        return files

    def first(folder: Path) -> None:
        assert job(folder) == ["20260105090000_create_notes.sql"]

    def keep(_folder: Path) -> None:
        contents.append(database.read_bytes())

    def after_the_operator(_folder: Path) -> None:
        assert database.read_bytes() == contents[0]  # it took over without a write

    def back(folder: Path) -> None:
        rows = go.ask("revisions", {"url": f"sqlite://{database}"})
        assert [(row["version"], row["applied"], row["total"]) for row in rows] == [
            ("20260105090000", 1, 1),
            ("20260112090000", 1, 1),
            ("20260119090000", 1, 1),
        ]
        assert job(folder) == []
        assert go.ask("revisions", {"url": f"sqlite://{database}"}) == rows
        write_file(folder / "migrations", LAST)
        write_sum(folder / "migrations", compute_sum(read_directory(folder / "migrations")))
        assert job(folder) == [LAST.name]

    environ = {
        "ATLAS_CLOUD_URL": served.url,
        "ATLAS_TOKEN": served.token,
        "DATABASE_URL": f"sqlite://{database}",
    }
    others = {1: first, 4: keep, 5: after_the_operator, 6: back}
    done = run_page(
        "from-ci.md", tmp_path, environ, blurred=lambda text: DURATION.sub("TIME", text), others=others
    )

    assert (done.steps, done.answers) == (7, 6)
    assert len(contents) == 1
