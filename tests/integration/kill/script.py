"""The directory of the kill tests: 40 files whose statements write down their own number.

A statement takes its time *inside* the server, so that a kill finds it running. An INSERT adds a row to
``journal``, which has no key: a statement that runs twice shows. A CREATE TABLE cannot run twice.

Every fourth file asks first whether its first INSERT is not there: a run that asked again in the middle of such a file
would not come to its end.
"""

from __future__ import annotations

import re

from atlas.engine.directory import Directory

from tests.fakes.directories import directory_with

FILES = 40
PER_FILE = 3
LAST = FILES * PER_FILE
CHECKED_EACH = 4
_NUMBER = re.compile(r"CREATE TABLE t(\d+) |INSERT INTO journal SELECT (\d+) ")

PAUSES = {
    "postgres": "pg_sleep(0.025)",
    "mariadb": "(SELECT SLEEP(0.025)) s",
    "sqlite": "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 120000) SELECT count(*) FROM c) s",
}
"""What a SELECT selects from to take some 25 ms."""


def directory_for(server: str) -> Directory:
    """The directory, in the words of one server."""
    files = {f"{number:02}_part.sql": _file(number, PAUSES[server]) for number in range(1, FILES + 1)}
    return directory_with(files)


def number_of(statement: str) -> int:
    """The number that this statement writes down, 0 for the one that makes the journal."""
    found = _NUMBER.search(statement)
    return int(found[1] or found[2]) if found else 0


def _file(number: int, pause: str) -> str:
    first = (number - 1) * PER_FILE + 1
    statements = [_statement(each, pause) for each in range(first, first + PER_FILE)]
    if number == 1:
        statements.insert(0, "CREATE TABLE journal (n int);")
    text = "\n".join(statements) + "\n"
    if number % CHECKED_EACH:
        return text
    check = f"SELECT NOT EXISTS (SELECT 1 FROM journal WHERE n = {first});"
    return f"-- atlas:txtar\n\n-- checks.sql --\n{check}\n-- migration.sql --\n{text}"


def _statement(number: int, pause: str) -> str:
    if number % PER_FILE == 0:
        return f"CREATE TABLE t{number} AS SELECT {number} AS n FROM {pause};"
    return f"INSERT INTO journal SELECT {number} FROM {pause};"
