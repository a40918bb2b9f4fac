"""``docs/howto/from-ci.md``, step by step: a job with the Go tools, ours in its place, an operator, and the Go tools again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.engine.directory import MigrationFile, compute_sum, directory_of, to_entries
from atlas.wire.archive import Entry

from tests.howto import PAGES, run_page

if TYPE_CHECKING:
    from tests.clients.conftest import Target
    from tests.clients.interchange import Interchange
    from tests.integration.registry.conftest import Served

DURATION = re.compile(r"\b[\d.]+(µs|ms|s)\b")

NOTHING = "sql/migrate: no pending migration files"


def test_a_job_of_the_go_tools_becomes_ours_and_the_operators_and_goes_back(
    tmp_path: Path, served: Served, interchange: Interchange
) -> None:
    database = tmp_path / "folder" / "ci.db"
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

    def next_file(folder: Path) -> None:
        assert job(folder) == ["20260126090000_seen.sql"]

    environ = {
        "ATLAS_CLOUD_URL": served.url,
        "ATLAS_TOKEN": served.token,
        "DATABASE_URL": f"sqlite://{database}",
    }
    others = {1: first, 4: keep, 5: after_the_operator, 6: back, 7: next_file}
    done = run_page(
        "from-ci.md", tmp_path, environ, blurred=lambda text: DURATION.sub("TIME", text), others=others
    )

    assert (done.steps, done.answers) == (8, 6)
    assert len(contents) == 1
    assert 'export DATABASE_URL="sqlite://$PWD/ci.db"\n' in (PAGES / "from-ci.md").read_text()
    assert (tmp_path / "folder" / "resources" / "atlasmigration.default.notes.status.yaml").is_file()


FILES = (
    MigrationFile("1_notes.sql", b"CREATE TABLE notes (id integer PRIMARY KEY);\n"),
    MigrationFile(
        "2_tags.sql", b"CREATE TABLE tags (id integer PRIMARY KEY);\nINSERT INTO tags VALUES (1);\n"
    ),
)
NEXT = MigrationFile("3_links.sql", b"CREATE TABLE links (id integer PRIMARY KEY);\n")


def test_an_operator_takes_over_what_the_go_tools_have_applied_without_a_write(
    tmp_path: Path, served: Served, interchange: Interchange, target: Target
) -> None:
    folder, locks, resources = (tmp_path / name for name in ("migrations", "locks", "resources"))
    for made in (folder, locks, resources):
        made.mkdir()
    go = interchange.with_environment(TMPDIR=str(locks))
    question = {"url": target.url, "path": str(folder), "tx_mode": "file", "order": "linear"}

    def seal(*files: MigrationFile) -> None:
        directory = directory_of(files)
        sealed = directory_of(files, compute_sum(directory).text)
        for name, content in to_entries(sealed):
            (folder / name).write_bytes(content)
        served.push(tuple(Entry(*entry) for entry in to_entries(sealed)), "notes", driver=target.driver)

    def operated() -> None:
        operator = Path(sys.executable).with_name("atlas-operator")
        done = subprocess.run(
            [operator, "run", "--standalone", resources, "--once", "--allow-path", tmp_path],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "ATLAS_CLOUD_URL": served.url,
                "ATLAS_TOKEN": served.token,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def everything() -> object:
        """The rows as they lie there, on PostgreSQL with the transaction that wrote each."""
        hidden = "xmin::text, " if target.driver == "postgres" else ""
        rows = target.query(f"SELECT {hidden}r.* FROM atlas_schema_revisions r ORDER BY version")
        return rows, target.query("SELECT id FROM tags")

    seal(*FILES)
    assert go.ask("apply", question) == {"files": [file.name for file in FILES], "error": ""}
    before = everything()
    (resources / "notes.yaml").write_text(json.dumps(manifest(target.url)))

    operated()
    assert everything() == before
    seal(*FILES, NEXT)
    operated()

    assert [row["version"] for row in go.ask("revisions", {"url": target.url})] == ["1", "2", "3"]
    assert go.ask("apply", question) == {"files": [], "error": NOTHING}


def manifest(url: str) -> dict[str, object]:
    return {
        "apiVersion": "db.atlasgo.io/v1alpha1",
        "kind": "AtlasMigration",
        "metadata": {"name": "notes"},
        "spec": {"url": url, "dir": {"remote": {"name": "notes"}}},
    }
