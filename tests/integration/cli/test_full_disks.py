"""A disk that is full in the middle of a run: what is said, what is left, and that the same command goes on once there is room."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.cli.conftest import ATLAS, Answer, Shell

LIMIT_BYTES = 64 * 1024
ROWS = (
    "INSERT INTO b SELECT value, hex(zeroblob(500)) FROM "
    "(WITH RECURSIVE c(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c WHERE value < 200) SELECT value FROM c);"
)
FILES = {
    "1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);\n",
    "2_b.sql": f"CREATE TABLE b (id integer PRIMARY KEY, v text);\n{ROWS}\n",
}
NO_ROOM = "make room where the database keeps its files, and start again"


def confined(shell: Shell, *words: str) -> Answer:
    """Run a command that can write no file beyond the limit."""
    done = subprocess.run(
        [str(ATLAS), *words],
        cwd=shell.folder,
        env=shell.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, LIMIT_BYTES)),
    )
    assert "Traceback" not in done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


def asked(shell: Shell, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(shell.folder / "app.db")) as database:
        return list(database.execute(query))


def tables(shell: Shell) -> set[object]:
    return {name for (name,) in asked(shell, "SELECT name FROM sqlite_schema WHERE type = 'table'")}


@pytest.mark.parametrize("tx_mode", ["file", "none"])
def test_migrate_apply_goes_on_where_the_disk_stopped_it(atlas: Shell, tx_mode: str) -> None:
    run = ("migrate", "apply", "--url", "sqlite://app.db", "--dir", atlas.write(FILES), "--tx-mode", tx_mode)
    stopped = confined(atlas, *run)
    assert stopped.code == 1
    assert "disk I/O error: look at the disk of the database (space, quota, limits" in stopped.err
    assert asked(atlas, "PRAGMA integrity_check") == [("ok",)]
    if tx_mode == "file":
        assert tables(atlas) == {"atlas_schema_revisions", "a"}
    if tx_mode == "none":
        # Nobody knows whether the statement took place, and it is not run again before somebody has looked.
        answer = atlas(*run)
        assert answer.code == 1
        assert "--interrupted rerun" in answer.err
        run = (*run, "--interrupted", "rerun")
    atlas.ok(*run)
    assert asked(atlas, "SELECT count(*) FROM b") == [(200,)]


def test_a_file_is_not_to_blame_for_a_full_disk(atlas: Shell) -> None:
    full = {**FILES, "2_b.sql": FILES["2_b.sql"].replace("INSERT", "PRAGMA max_page_count = 20;\nINSERT")}
    answer = atlas("migrate", "apply", "--url", "sqlite://app.db", "--dir", atlas.write(full))
    assert answer.code == 1
    assert f"database or disk is full: {NO_ROOM}" in answer.err
    assert "correct the file" not in answer.err
    assert tables(atlas) == {"atlas_schema_revisions", "a"}


def test_schema_apply_changes_nothing_on_a_full_disk_and_all_afterwards(atlas: Shell) -> None:
    with closing(sqlite3.connect(atlas.folder / "app.db")) as database:
        database.execute("CREATE TABLE b (id integer PRIMARY KEY, v text)")
        database.execute(ROWS.replace("500", "100"))
        database.commit()
    state = Path(atlas.folder / "s.sql")
    state.write_text("CREATE TABLE b (id integer PRIMARY KEY, v text NOT NULL DEFAULT '');")
    run = ("schema", "apply", "--url", "sqlite://app.db", "--to", "file://s.sql", "--auto-approve")
    run = (*run, "--dev-url", "sqlite://dev?mode=memory")
    stopped = confined(atlas, *run)
    assert stopped.code == 1
    assert "disk I/O error" in stopped.err
    assert "(space, quota, limits of this process), and start again" in stopped.err
    assert asked(atlas, "PRAGMA integrity_check") == [("ok",)]
    assert tables(atlas) == {"b"}
    atlas.ok(*run)
    assert "NOT NULL" in str(asked(atlas, "SELECT sql FROM sqlite_schema WHERE name = 'b'"))
    assert asked(atlas, "SELECT count(*) FROM b") == [(200,)]
