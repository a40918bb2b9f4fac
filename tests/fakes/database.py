"""A database server in memory: tables, transactions, locks and revisions, and a way to die at any point.

It knows three statements (``CREATE TABLE``, ``INSERT INTO``, ``DROP TABLE``) and refuses all others, as a
server refuses what does not parse. One writer at a time is assumed, which the lock guarantees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from atlas.engine.answer import Answer
from atlas.engine.database_url import DatabaseURL, parse_database_url
from atlas.engine.history.revisions import TABLE_NAME, Revision
from atlas.engine.ports import Dialect
from atlas.engine.scan import DEFAULT
from atlas.errors import ConnectFailed, StatementFailed

_STATEMENT = re.compile(
    r"(CREATE TABLE|INSERT INTO|DROP TABLE) (\w+)(?:.*?\((.*)\))?;?", re.IGNORECASE | re.DOTALL
)

TRANSACTIONAL = Dialect("postgres", DEFAULT, lambda _: False)
"""DDL is part of the transaction."""
IMPLICIT_COMMIT = Dialect("mysql", DEFAULT, lambda text: not text.upper().startswith("INSERT"))
"""DDL ends the transaction."""


class Killed(BaseException):
    """The process ends here: nothing after this point happens, the server rolls back."""


@dataclass
class State:
    """What is on the disk, or what one transaction sees of it."""

    tables: dict[str, list[str]] = field(default_factory=dict)
    revisions: dict[str, dict[str, Revision]] = field(default_factory=dict)
    target_id: str = ""


class FakeServer:
    """Outlives its sessions. ``point`` is called with a line before and after everything that a session does."""

    def __init__(self, dialect: Dialect = TRANSACTIONAL) -> None:
        self.dialect = dialect
        self.state = State()
        self.locks: dict[str, FakeSession] = {}
        self.point: Callable[[str], None] = lambda _line: None
        self.trace: list[str] = []

    def connect(self) -> FakeDatabase:
        return FakeDatabase(self, FakeSession(self))

    def reached(self, line: str) -> None:
        self.trace.append(line)
        self.point(line)


class FakeSession:
    """One session; a test may look into ``is_closed`` and ``is_cancelled``."""

    def __init__(self, server: FakeServer) -> None:
        self.server = server
        self.is_closed = False
        self.is_cancelled = False
        self._working: State | None = None
        self._is_aborted = False

    @property
    def state(self) -> State:
        return self.server.state if self._working is None else self._working

    def execute(self, statement: str) -> None:
        self.check_open()
        self.server.reached(f"before {statement}")
        if self.server.dialect.commits_implicitly(statement) and _STATEMENT.fullmatch(statement):
            self._keep()  # a statement that does not parse ends nothing
        if self._is_aborted:
            raise refusal(statement, "current transaction is aborted")
        try:
            run(statement, self.state.tables)
        except StatementFailed:
            self._is_aborted = self._working is not None and self.server.dialect is TRANSACTIONAL
            raise
        self.server.reached(f"after {statement}")

    def begin(self) -> None:
        self.check_open()
        self.server.reached("begin")
        self._working = deepcopy(self.server.state)

    def commit(self) -> None:
        self.check_open()
        self.server.reached("before commit")
        if self._is_aborted:
            self.rollback()
            raise refusal("COMMIT", "current transaction is aborted")
        self._keep()
        self.server.reached("after commit")

    def rollback(self) -> None:
        self.check_open()
        self._drop()

    def cancel(self) -> None:
        self.is_cancelled = True

    def close(self) -> None:
        self._drop()
        self.is_closed = True
        self.server.locks = {name: holder for name, holder in self.server.locks.items() if holder is not self}

    def check_open(self) -> None:
        if self.is_closed:
            raise ConnectFailed("the session is closed")

    def _keep(self) -> None:
        if self._working is not None:
            self.server.state = self._working
        self._drop()

    def _drop(self) -> None:
        self._working = None
        self._is_aborted = False


class FakeRevisions:
    """The rows of one schema."""

    def __init__(self, session: FakeSession, schema: str) -> None:
        self._session = session
        self._schema = schema

    def ensure(self) -> None:
        self._session.check_open()
        self._session.state.revisions.setdefault(self._schema, {})

    def read(self) -> tuple[Revision, ...]:
        self._session.check_open()
        rows = self._session.state.revisions.get(self._schema, {})
        return tuple(rows[version] for version in sorted(rows))

    def write(self, revision: Revision) -> None:
        self._session.check_open()
        line = f"{revision.version} {revision.applied}/{revision.total} {revision.error_stmt!r} {revision.error!r}"
        self._session.server.reached(f"before row {line}")
        self._rows()[revision.version] = revision
        self._session.server.reached(f"after row {line}")

    def delete(self, versions: Sequence[str]) -> None:
        self._session.check_open()
        for version in versions:
            self._rows().pop(version, None)

    def target_id(self) -> str:
        self._session.check_open()
        state = self._session.state
        state.target_id = state.target_id or "6f1c3f0e-2d4b-4c51-9a77-0123456789ab"
        return state.target_id

    def _rows(self) -> dict[str, Revision]:
        if self._schema not in self._session.state.revisions:
            raise refusal("", f"no such table: {TABLE_NAME}")
        return self._session.state.revisions[self._schema]


class FakeDatabase:
    """An open session and what hangs on it."""

    def __init__(self, server: FakeServer, session: FakeSession) -> None:
        self._server = server
        self._session = session

    @property
    def url(self) -> DatabaseURL:
        return parse_database_url("postgres://app:s3cret-word@127.0.0.1:5432/app?search_path=public")

    @property
    def dialect(self) -> Dialect:
        return self._server.dialect

    @property
    def session(self) -> FakeSession:
        return self._session

    def revisions(self, schema: str | None) -> FakeRevisions:
        return FakeRevisions(self._session, schema or "public")

    def try_lock(self, name: str) -> bool:
        self._session.check_open()
        return self._server.locks.setdefault(name, self._session) is self._session

    def unlock(self, name: str) -> None:
        self._session.check_open()
        if self._server.locks.get(name) is self._session:
            del self._server.locks[name]

    def holds_lock(self, name: str) -> bool:
        self._session.check_open()
        return self._server.locks.get(name) is self._session

    def ask(self, question: str) -> Answer:
        self._session.check_open()
        self._server.reached(f"ask {question}")
        return answer_to(question, self._session.state.tables)

    def dirt(self, revisions_schema: str | None) -> str | None:
        self._session.check_open()
        table = next(iter(self._session.state.tables), None)
        return f'found table "{table}" in schema "public"' if table else None


def run(statement: str, tables: dict[str, list[str]]) -> None:
    """Carry out one of the three statements.

    Raises:
        StatementFailed: It is none of them, or names a table that is there, or is not.
    """
    found = _STATEMENT.fullmatch(statement)
    if found is None:
        raise refusal(statement, "syntax error")
    verb, table, inside = found[1].upper(), found[2], found[3]
    if (verb == "CREATE TABLE") == (table in tables):
        raise refusal(statement, f'table "{table}" exists' if table in tables else f'no such table "{table}"')
    match verb:
        case "CREATE TABLE":
            tables[table] = []
        case "DROP TABLE":
            del tables[table]
        case _:
            tables[table].append(inside or "")


def answer_to(question: str, tables: dict[str, list[str]]) -> Answer:
    """Answer ``SELECT TRUE``, another word of an answer, or ``SELECT EMPTY(table)``.

    Raises:
        StatementFailed: It is none of them, or names no table.
    """
    words = question.removeprefix("SELECT ").removesuffix(";")
    if found := re.fullmatch(r"EMPTY\((\w+)\)", words):
        if found[1] not in tables:
            raise refusal(question, f'no such table "{found[1]}"')
        return Answer.FALSE if tables[found[1]] else Answer.TRUE
    if words not in Answer.__members__:
        raise refusal(question, "syntax error")
    return Answer[words]


def refusal(statement: str, text: str) -> StatementFailed:
    return StatementFailed(f"fake: {text}", statement=statement, text=text)
