"""``atlas migrate status --env x`` against the bare interpreter, and against one that loads the driver.

The project file has a variable, a local, ``getenv`` and two environments; the directory has two files, of which one is
applied. On PostgreSQL the server answers both, and takes little of the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import Goal, median_of_pairs, seconds_of, tell
from tests.servers.postgres import PostgresServer

REPEATS = 40
ATLAS = str(Path(sys.executable).parent / "atlas")
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
_PROJECT = """
variable "dir" {
  type    = string
  default = "migrations"
}
locals {
  dir = "file://${var.dir}"
}
env "x" {
  url = getenv("DATABASE_URL")
  migration {
    dir = local.dir
  }
}
env "other" {
  url = "sqlite://other.db"
}
"""


def main() -> bool:
    """Goals: at most 6 times ``python -c pass`` on SQLite, at most 2 times ``python -c 'import psycopg'`` on PostgreSQL."""
    with tempfile.TemporaryDirectory(dir=_MEMORY) as name:
        folder = Path(name)
        _write(folder)
        met = _measure("sqlite", "sqlite://app.db", "pass", 6, folder)
        server = PostgresServer.start(within=_MEMORY)
        try:
            return (
                _measure("postgres", server.url(server.create_database()), "import psycopg", 2, folder)
                and met
            )
        finally:
            server.stop()


def _write(folder: Path) -> None:
    (folder / "atlas.hcl").write_text(_PROJECT)
    migrations = folder / "migrations"
    migrations.mkdir()
    for number in (1, 2):
        (migrations / f"{number}.sql").write_text(f"CREATE TABLE t{number} (id integer);\n")
    subprocess.run([ATLAS, "migrate", "hash"], cwd=folder, check=True)


def _measure(name: str, url: str, peer: str, goal: float, folder: Path) -> bool:
    environ = {**os.environ, "DATABASE_URL": url}

    def run(*command: str) -> None:
        subprocess.run(command, cwd=folder, env=environ, check=True, stdout=subprocess.DEVNULL)

    def ours() -> float:
        return seconds_of(lambda: run(ATLAS, "migrate", "status", "--env", "x"))

    def theirs() -> float:
        return seconds_of(lambda: run(sys.executable, "-c", peer))

    run(ATLAS, "migrate", "apply", "--env", "x", "1")
    ours(), theirs()  # so that both are in the disk's cache
    mine, bare = median_of_pairs(ours, theirs, repeats=REPEATS)
    detail = f"[{mine * 1e3:.0f} ms, python {bare * 1e3:.0f} ms]"
    return tell(
        f"{name}: atlas migrate status --env x / python -c '{peer}'", mine / bare, Goal(goal, "x"), detail
    )


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
