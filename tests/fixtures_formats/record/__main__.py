"""Runs the tools themselves on every case, and writes down what they made: ``python -m tests.fixtures_formats.record``.

Wanted: ``goose``, ``migrate`` (built with the tags sqlite, postgres and mysql), ``dbmate`` and ``java`` on PATH, and in
ATLAS_TEST_JARS a folder of jars: flyway-core, flyway-database-postgresql, liquibase-core, sqlite-jdbc, postgresql.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from tests.fixtures_formats.cases import FormatCase, all_cases
from tests.fixtures_formats.snapshots import mariadb_snapshot, postgres_snapshot, sqlite_snapshot
from tests.servers.mariadb import MariaDBServer
from tests.servers.postgres import PostgresServer, postgres_program

HERE = Path(__file__).parent
CHANGELOG = """<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
  http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd"><includeAll path="files"/></databaseChangeLog>
"""


def run(*words: str, folder: Path) -> str:
    """Run a tool; what it says of a failure ends the recording."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        sys.exit(f"{words[0]} in {folder}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


class Address:
    """How each tool writes the address of one database."""

    def __init__(self, database: str, where: Any, name: str) -> None:
        self.database, self.where, self.name = database, where, name
        if database != "sqlite":
            self.login = f"{where.user}:{where.password}"
            self.host = f"{where.host}:{where.port}"

    def golang_migrate(self) -> list[str]:
        match self.database:
            case "sqlite":
                return [f"sqlite://{self.where}"]
            case "postgres":
                return [f"postgres://{self.login}@{self.host}/{self.name}?sslmode=disable"]
        return [f"mysql://{self.login}@tcp({self.host})/{self.name}?multiStatements=true"]

    def goose(self) -> list[str]:
        match self.database:
            case "sqlite":
                return ["sqlite3", str(self.where)]
            case "postgres":
                return ["postgres", *self.golang_migrate()]
        return ["mysql", f"{self.login}@tcp({self.host})/{self.name}?parseTime=true"]

    def dbmate(self) -> list[str]:
        match self.database:
            case "sqlite":
                return [f"sqlite:{self.where}"]
            case "postgres":
                return self.golang_migrate()
        return [f"mysql://{self.login}@{self.host}/{self.name}"]

    def jdbc(self) -> list[str]:
        if self.database == "sqlite":
            return [f"jdbc:sqlite:{self.where}"]
        return [f"jdbc:postgresql://{self.host}/{self.name}", self.where.user, self.where.password]


def apply(case: FormatCase, address: Address, folder: Path) -> list[str]:
    """Run a tool on a copy of a case; what it says it ran, where it says so."""
    shutil.copytree(case.folder, folder / "files")
    match case.tool:
        case "golang-migrate":
            run("migrate", "-path", "files", "-database", *address.golang_migrate(), "up", folder=folder)
            return []
        case "goose":
            said = run("goose", "-dir", "files", *address.goose(), "up", folder=folder)
            return re.findall(r"OK +(\S+)", said)
        case "dbmate":
            options = ["-d", "./files", "--no-dump-schema"]
            return re.findall(
                r"Applied: (.*) in", run("dbmate", "--url", *address.dbmate(), *options, "up", folder=folder)
            )
    url, *login = address.jdbc()
    words = [url, "files", *login]
    if case.tool == "liquibase":
        (folder / "root.xml").write_text(CHANGELOG)
        words = [url, ".", "root.xml", *login]
    jars, source = f"{os.environ['ATLAS_TEST_JARS']}/*", str(HERE / f"{case.tool.title()}.java")
    return re.findall(r"RAN (.*)", run("java", "-cp", jars, source, *words, folder=folder))


def record(case: FormatCase, database: str, servers: dict[str, Any]) -> None:
    """One case on one database."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if database == "sqlite":
            path = folder / "of_tool.db"
            sqlite3.connect(path).close()
            ran = apply(case, Address(database, path, ""), folder)
            with closing(sqlite3.connect(path)) as connection:
                dump = list(connection.iterdump())
            found = {"ran": ran, **sqlite_snapshot(path)}
            if case.name == "plain":
                found["dump"] = dump
        else:
            server = servers[database]
            made = server.create_database()
            ran = apply(case, Address(database, server, made), folder)
            snapshot = postgres_snapshot if database == "postgres" else mariadb_snapshot
            found = {"ran": ran, **snapshot(partial(server.query, made))}
            if case.name == "plain" and database == "postgres":
                found["dump"] = dumped(server, made)
            server.drop_database(made)
    case.record_path(database).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def dumped(server: PostgresServer, database: str) -> list[str]:
    """The database as a script, history and all, without what differs from server to server."""
    address = ["-h", server.host, "-p", str(server.port), "-U", server.user, "--no-owner", "--inserts"]
    done = subprocess.run(
        [postgres_program("pg_dump"), *address, database],
        env={**os.environ, "PGPASSWORD": server.password},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    return [
        line for line in lines if line and not line.startswith(("--", "\\", "SET ", "SELECT pg_catalog.set"))
    ]


def main(words: list[str]) -> None:
    servers: dict[str, Any] = {"postgres": PostgresServer.start(), "mariadb": MariaDBServer.start()}
    try:
        for case in all_cases():
            if words and f"{case.tool}/{case.name}" not in words and case.tool not in words:
                continue
            for database in case.databases:
                print(case.tool, case.name, database, flush=True)
                record(case, database, servers)
    finally:
        for server in servers.values():
            server.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
