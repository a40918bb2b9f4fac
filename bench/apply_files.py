"""1,000 files on PostgreSQL and SQLite, against one psql process and one ``executescript`` in the same run."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import Goal, median_of_pairs, seconds_of, tell
from tests.servers.postgres import PostgresServer

FILES = 1000
REPEATS = 3
ATLAS = str(Path(sys.executable).parent / "atlas")


def main() -> bool:
    """Goals: at most 1.5 times psql (autocommit, fsync on), at most 2 times executescript."""
    with tempfile.TemporaryDirectory() as folder:
        directory = write_directory(Path(folder) / "migrations")
        met = [sqlite_ratio(directory, Path(folder)), postgres_ratio(directory, Path(folder))]
    return all(met)


def write_directory(path: Path) -> Path:
    """1,000 files: a table each, a row each, an index every tenth."""
    path.mkdir()
    for number in range(1, FILES + 1):
        lines = [f"CREATE TABLE t{number} (id integer PRIMARY KEY, name varchar(100) NOT NULL);"]
        lines.append(f"INSERT INTO t{number} (id, name) VALUES ({number}, 'row {number}');")
        if number % 10 == 0:
            lines.append(f"CREATE INDEX i{number} ON t{number} (name);")
        (path / f"2026010100{number:04d}_t{number}.sql").write_text("\n".join(lines) + "\n")
    subprocess.run([ATLAS, "migrate", "hash", "--dir", f"file://{path}"], check=True)
    return path


def apply(directory: Path, url: str) -> None:
    """Our side, as a user runs it: one process, lock, sums, revisions and all."""
    command = [ATLAS, "migrate", "apply", "--dir", f"file://{directory}", "--url", url]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def script_of(directory: Path) -> str:
    return "".join(file.read_text() for file in sorted(directory.glob("*.sql")))


def sqlite_ratio(directory: Path, folder: Path) -> bool:
    script, count = script_of(directory), iter(range(1000))

    def ours() -> float:
        return seconds_of(lambda: apply(directory, f"sqlite://{folder}/ours{next(count)}.db"))

    def peer() -> float:
        code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())"
        (folder / "all.sql").write_text(script)
        command = [sys.executable, "-c", code, f"{folder}/peer{next(count)}.db", f"{folder}/all.sql"]
        return seconds_of(lambda: subprocess.run(command, check=True))

    ours_s, peer_s = median_of_pairs(ours, peer, repeats=REPEATS)
    with sqlite3.connect(folder / "ours0.db") as database:
        assert database.execute("SELECT count(*) FROM atlas_schema_revisions").fetchone() == (FILES,)
    detail = f"[{ours_s:.2f} s, executescript {peer_s:.2f} s]"
    return tell(f"{FILES} files on SQLite / executescript", ours_s / peer_s, Goal(2, "x"), detail)


def postgres_ratio(directory: Path, folder: Path) -> bool:
    server = PostgresServer.start(fsync=True)
    (folder / "all.sql").write_text(script_of(directory))

    def ours() -> float:
        name = server.create_database()
        taken = seconds_of(lambda: apply(directory, server.url(name) + "&search_path=public"))
        rows = server.query(name, "SELECT count(*) FROM public.atlas_schema_revisions")
        assert rows == [(FILES,)]
        server.drop_database(name)
        return taken

    def peer() -> float:
        name = server.create_database()
        taken = seconds_of(lambda: psql(server.url(name), folder / "all.sql"))
        server.drop_database(name)
        return taken

    try:
        ours_s, peer_s = median_of_pairs(ours, peer, repeats=REPEATS)
    finally:
        server.stop()
    detail = f"[{ours_s:.2f} s, psql {peer_s:.2f} s, fsync on]"
    return tell(f"{FILES} files on PostgreSQL / psql -f", ours_s / peer_s, Goal(1.5, "x"), detail)


def psql(url: str, script: Path) -> None:
    command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(script), url]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
