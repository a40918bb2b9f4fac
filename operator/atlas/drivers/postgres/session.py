"""One session of a PostgreSQL server, spoken to by the simple query protocol; questions of a person by the extended one.

A person's statement is one message of its own, byte for byte: it may hold several commands, and a ``%`` is
a ``%``. What *we* send in a transaction is folded to save round trips: BEGIN waits for the first statement,
and revision rows wait for COMMIT, where only the last row of a version matters. No table is known here.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from atlas.drivers.postgres import errors
from atlas.drivers.postgres.statements import ends_transaction
from atlas.engine.mask import mask_text
from atlas.errors import ApplyError, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from psycopg import Connection
    from psycopg.pq.abc import PGresult

    from atlas.engine.database_url import DatabaseURL

CATALOG_TIMEOUT_S = 30
CANCEL_TIMEOUT_S = 5.0

_WOULD_END = (
    "the statement would end the transaction that the file runs in, with no revision written, and was not sent: take it "
    "out, or put `-- atlas:txmode none` at the head of a file that has its own BEGIN and COMMIT"
)

Row = tuple[str | None, ...]


class PostgresSession:
    """A session; see ``engine.ports.Session``. Only ``cancel`` may be called from another thread."""

    def __init__(self, connection: Connection, url: DatabaseURL) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._url = url
        self._in_transaction = False
        self._begin_sent = False
        self._deferred: dict[str, str] = {}

    @property
    def in_transaction(self) -> bool:
        """``begin`` was called; what a person's BEGIN does is not counted."""
        return self._in_transaction

    @property
    def is_idle(self) -> bool:
        """The server has no transaction open for this session."""
        from psycopg.pq import TransactionStatus

        return self._pgconn.transaction_status == TransactionStatus.IDLE

    @property
    def server_version(self) -> int:
        """As ``server_version_num``: 150018 for 15.18."""
        return self._connection.info.server_version

    def execute(self, statement: str) -> None:
        """Run a person's statement as written.

        Raises:
            StatementFailed: The server refused it; or it would end the transaction that it runs in, and was not sent.
            ConnectFailed: The connection broke.
        """
        if self._in_transaction and ends_transaction(statement):
            raise self._refused_here(statement, _WOULD_END)
        if self._in_transaction and not self._begin_sent:
            self.run("BEGIN")
            self._begin_sent = True
        self.run(statement)
        if self._begin_sent and self.is_idle:
            raise self._transaction_ended(statement)

    def may_share(self, statement: str) -> bool:
        """See ``engine.desired_state.together``: DDL of one command that the server lets into a transaction.

        Nothing that sets how later texts are read, or that a commit would end, is among it.
        """
        return bool(_DDL.match(statement)) and not _ALONE.search(statement)

    def run_shared(self, statements: Sequence[str]) -> bool:
        """See ``engine.desired_state.together``. The server runs one message as one transaction."""
        if self._in_transaction or not self.is_idle:
            return False  # a refusal would end the transaction of somebody else
        results = self._exchange("\n;\n".join(statements))
        failed = _first_error(results)
        if failed is None:
            return True
        error = errors.refused(failed, statements[min(len(results), len(statements)) - 1], self._url)
        if errors.sqlstate(failed) == errors.QUERY_CANCELED or not isinstance(error, StatementFailed):
            raise error
        return False

    def begin(self) -> None:
        self._require_idle("a transaction cannot begin")
        self._in_transaction = True

    def commit(self) -> None:
        """Write the deferred rows and commit. Whatever goes wrong, no transaction is left open.

        Raises:
            StatementFailed: The server refused to commit (a deferred constraint, for one).
            ApplyError: A row could not be written, or the transaction was gone already.
        """
        deferred = tuple(self._deferred.values())
        opened = self._begin_sent
        self._forget()
        if not opened and deferred:
            deferred = ("BEGIN", *deferred)
        elif not opened:
            return
        elif self.is_idle:
            raise ApplyError(
                "committing: the transaction was gone: a statement ended it, and nothing is recorded"
            )
        results = self._exchange("; ".join((*deferred, "COMMIT")))
        try:
            self._check_commit(results, len(deferred))
        finally:
            self._rollback_if_open()

    def rollback(self) -> None:
        opened = self._begin_sent
        self._forget()
        if opened:
            self._rollback_if_open()

    def cancel(self) -> None:
        import psycopg

        try:
            self._connection.cancel_safe(timeout=CANCEL_TIMEOUT_S)
        except (psycopg.Error, OSError, ValueError):
            return  # the connection is gone: so is the statement's client

    def close(self) -> None:
        self._connection.close()

    def defer(self, key: str, sql: str) -> None:
        """Keep one command for ``commit``; a later one with the same key replaces it."""
        self._deferred.pop(key, None)
        self._deferred[key] = sql

    def flush(self) -> None:
        """Run what is deferred now: somebody is about to look."""
        if not self._deferred:
            return
        deferred = "; ".join(self._deferred.values())
        self._deferred.clear()
        if not self._begin_sent:
            deferred = f"BEGIN; {deferred}"
            self._begin_sent = True
        self.run(deferred)

    def run(self, sql: str) -> list[PGresult]:
        """Send one message of SQL and return its results; the first error in them is raised."""
        results = self._exchange(sql)
        if failed := _first_error(results):
            raise errors.refused(failed, sql, self._url)
        return results

    def run_one(self, statement: str) -> list[PGresult]:
        """As ``run``, but the server refuses a message of several statements, whoever told them apart before."""
        results = self._exchange(statement, lambda message: self._pgconn.send_query_params(message, None))
        if failed := _first_error(results):
            raise errors.refused(failed, statement, self._url)
        return results

    def query(self, sql: str, *, absent: Iterable[str] = ()) -> list[Row] | None:
        """Run one catalog query of ours within 30 s and return its rows; a transaction survives its error.

        Args:
            sql: One SELECT, without a semicolon.
            absent: SQLSTATEs that mean None instead of an error.
        """
        self.flush()
        limit = f"SET LOCAL statement_timeout = '{CATALOG_TIMEOUT_S}s'"
        if self.is_idle:
            # The server runs a message of several commands as one transaction, so LOCAL ends with it.
            results = self._exchange(f"{limit}; {sql}")
        else:
            results = self._exchange(f"SAVEPOINT atlas_query; {limit}; {sql}; {_TO_SAVEPOINT}")
        failed = _first_error(results)
        if failed is None:
            return _rows(results, self._encoding())
        if not self.is_idle:
            self._exchange(_TO_SAVEPOINT)
        if errors.sqlstate(failed) in set(absent):
            return None
        raise errors.refused(failed, sql, self._url)

    @contextmanager
    def stream(self, queries: Sequence[str]) -> Generator[Iterator[list[Row]]]:
        """Run catalog queries of ours as one message, within a transaction that does not survive an error.

        The server works from the moment that the block begins, and on the next query while rows are looked at.

        Args:
            queries: SELECTs without semicolons; each has 30 s. The block is given the rows of each, in turn.

        Raises:
            StatementFailed: The server refused one of them, when its turn comes.
            ConnectFailed: The connection broke.
        """
        sql = "; ".join((f"SET LOCAL statement_timeout = '{CATALOG_TIMEOUT_S}s'", *queries))
        self._send(sql)
        try:
            yield self._answers(sql)
        finally:
            while self._next_result() is not None:
                pass  # what nobody looked at

    def literal(self, value: str) -> str:
        """A text as an SQL literal, whatever ``standard_conforming_strings`` says. NUL cannot be stored."""
        from psycopg.pq import Escaping

        raw = value.replace("\x00", "\ufffd").encode(self._encoding(), "backslashreplace")
        return Escaping(self._pgconn).escape_literal(raw).decode(self._encoding())

    def identifier(self, name: str) -> str:
        """A name in double quotes."""
        quoted = name.replace('"', '""')
        return f'"{quoted}"'

    def _send(self, sql: str) -> None:
        import psycopg
        from psycopg import generators

        message = self._encoded(sql)
        try:
            self._pgconn.send_query(message)
            self._connection.wait(generators.send(self._pgconn))
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise errors.broken(error, self._url) from error

    def _answers(self, sql: str) -> Iterator[list[Row]]:
        from psycopg.pq import ExecStatus

        while (result := self._next_result()) is not None:
            if result.status == ExecStatus.FATAL_ERROR:
                raise errors.refused(result, sql, self._url)
            if result.status == ExecStatus.TUPLES_OK:
                yield _rows([result], self._encoding())

    def _next_result(self) -> PGresult | None:
        import psycopg
        from psycopg import generators

        try:
            result: PGresult | None = self._connection.wait(generators.fetch(self._pgconn))
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise errors.broken(error, self._url) from error
        return result

    def _exchange(self, sql: str, send: Callable[[bytes], None] | None = None) -> list[PGresult]:
        import psycopg
        from psycopg import generators

        message = self._encoded(sql)
        try:
            (send or self._pgconn.send_query)(message)
            results = self._connection.wait(generators.execute(self._pgconn))
            return self._without_copy(results, sql)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            raise errors.broken(error, self._url) from error

    def _without_copy(self, results: list[PGresult], sql: str) -> list[PGresult]:
        """End a COPY that speaks to the client, which has no data and wants none."""
        import psycopg
        from psycopg import generators
        from psycopg.pq import ExecStatus

        status = results[-1].status if results else ExecStatus.EMPTY_QUERY
        reason = (
            "COPY … FROM STDIN and TO STDOUT are not supported: use INSERT, or COPY with a file of the server"
        )
        if status == ExecStatus.COPY_IN:
            with suppress(psycopg.errors.QueryCanceled):  # the server's answer to our reason
                self._connection.wait(generators.copy_end(self._pgconn, reason.encode()))
        elif status in {ExecStatus.COPY_OUT, ExecStatus.COPY_BOTH}:
            while isinstance(self._connection.wait(generators.copy_from(self._pgconn)), memoryview):
                pass
        else:
            return results
        raise self._refused_here(sql, reason)

    def _encoded(self, sql: str) -> bytes:
        try:
            message = sql.encode(self._encoding())
        except UnicodeEncodeError as error:
            text = (
                f"the statement has characters that the session's encoding ({self._encoding()}) cannot hold"
            )
            raise self._refused_here(sql, text) from error
        if b"\x00" in message:
            text = "the statement holds a NUL character, which would cut it short"
            raise self._refused_here(sql, text)
        return message

    def _encoding(self) -> str:
        return self._connection.info.encoding  # follows a person's SET client_encoding

    def _check_commit(self, results: list[PGresult], deferred: int) -> None:
        failed = _first_error(results)
        if failed is not None and len(results) <= deferred:
            text = errors.refusal_text(failed, self._url)
            if errors.sqlstate(failed) == errors.INSUFFICIENT_PRIVILEGE:
                text += "; a migration that runs SET ROLE must end with RESET ROLE"
            raise ApplyError(f"sql/migrate: write revision: {text}")
        if failed is not None:
            raise errors.refused(failed, "COMMIT", self._url)
        if results[-1].command_status != b"COMMIT":
            raise ApplyError(
                "committing: an earlier error had ended the transaction, so the server rolled it back"
            )

    def _transaction_ended(self, statement: str) -> StatementFailed:
        self._forget()
        text = (
            "the statement ended the transaction that the file runs in: what ran before it is decided, and no "
            "revision records it; put `-- atlas:txmode none` at the head of a file that has its own COMMIT"
        )
        return self._refused_here(statement, text)

    def _refused_here(self, statement: str, text: str) -> StatementFailed:
        return StatementFailed(text, statement=mask_text(statement, self._url.secrets), text=text)

    def _require_idle(self, consequence: str) -> None:
        if not self.is_idle and not self._connection.closed:
            raise ApplyError(
                f"{consequence}: an earlier statement opened one by its own BEGIN and did not end it"
            )

    def _rollback_if_open(self) -> None:
        if not self._connection.closed and not self.is_idle:
            self.run("ROLLBACK")

    def _forget(self) -> None:
        self._in_transaction = False
        self._begin_sent = False
        self._deferred.clear()


_DDL = re.compile(r"(?:\s|--[^\n]*\n)*(?:CREATE|ALTER|COMMENT|DROP)\b", re.IGNORECASE)
_ALONE = re.compile(r";(?!\s*\Z)|\bCONCURRENTLY\b|\bON\s+COMMIT\b", re.IGNORECASE)
_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT atlas_query; RELEASE SAVEPOINT atlas_query"


def _first_error(results: list[PGresult]) -> PGresult | None:
    from psycopg.pq import ExecStatus

    return next((result for result in results if result.status == ExecStatus.FATAL_ERROR), None)


def _rows(results: list[PGresult], encoding: str) -> list[Row]:
    from psycopg.pq import ExecStatus

    def text(value: bytes | None) -> str | None:
        return None if value is None else value.decode(encoding, "replace")

    result = next(result for result in results if result.status == ExecStatus.TUPLES_OK)
    return [
        tuple(text(result.get_value(row, column)) for column in range(result.nfields))
        for row in range(result.ntuples)
    ]
