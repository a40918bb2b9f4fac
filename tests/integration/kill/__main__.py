"""Prints the table of kills: ``python -m tests.integration.kill [KILLS]``. Starts its own servers."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from itertools import count

from tests.integration.kill.killing import killed_chain, table_of
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer


def main(kills: int) -> None:
    postgres, mariadb = PostgresServer.start(fsync=True), MariaDBServer.start(fsync=True)
    numbers = count()
    with tempfile.TemporaryDirectory() as folder:
        fresh: dict[str, Callable[[], str]] = {
            "postgres": lambda: f"{postgres.url(postgres.create_database())}&search_path=public",
            "mariadb": lambda: mariadb.url(mariadb.create_database()),
            "sqlite": lambda: f"sqlite://{folder}/{next(numbers)}.db",
        }
        try:
            for server, make in fresh.items():
                for seed, mode in enumerate(("file", "none")):
                    print(table_of(killed_chain(make, server, mode, kills, seed)), end="\n\n")
        finally:
            postgres.stop()
            mariadb.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
