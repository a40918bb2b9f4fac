"""One session of a MySQL or MariaDB server, statements sent as text and never formatted.

What *we* write must survive what a person's file sets: values travel as ``_utf8mb4 x'…'`` literals, which
no ``sql_mode``, ``SET NAMES`` or ``NO_BACKSLASH_ESCAPES`` can change, and names are qualified by callers.
No table is known here.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from atlas.drivers.mysql import errors
from atlas.drivers.mysql.statements import commits_implicitly, rolls_back
from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, StatementFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pymysql.connections import Connection

    from atlas.engine.database_url import DatabaseURL

CATALOG_TIMEOUT_S = 30
_IN_TRANSACTION = 1
_AUTOCOMMIT = 2
_SET_OPTION = 0x1B
_SEVERAL_STATEMENTS, _ONE_STATEMENT = b"\x00\x00", b"\x01\x00"
"""https://mariadb.com/kb/en/com_set_option/: what one message may hold."""

_WOULD_END = (
    "the statement would end the transaction that the file runs in, with no revision written, and was not sent: take it "
    "out, or put `-- atlas:txmode none` at the head of a file that has its own ROLLBACK"
)
_ENDED = (
    "the statement ended the transaction that the file runs in: what ran before it is undone, and no revision "
    "records it; put `-- atlas:txmode none` at the head of a file that has its own ROLLBACK"
)

Row = tuple[str | None, ...]
T = TypeVar("T")


class MySQLSession:
    """A session; see ``engine.ports.Session``. Only ``cancel`` may be called from another thread."""

    def __init__(
        self, connection: Connection[Any], url: DatabaseURL, reconnect: Callable[[], Connection[Any]]
    ) -> None:
        self._connection: Any = connection  # the published types lack its results
        self._url = url
        self._reconnect = reconnect
        self._thread_id = 0
        self._in_transaction = False
        self.version = ""
        self.database = ""

    @property
    def is_mariadb(self) -> bool:
        return "mariadb" in self.version.lower()

    @property
    def has_foreign_transaction(self) -> bool:
        """A transaction is open that a person's statement began, and that ``settle`` will not commit."""
        return not self._in_transaction and self._is_open() and self._is_autocommitting()

    @property
    def is_open(self) -> bool:
        """The server has a transaction open for this session."""
        return self._is_open()

    def identify(self) -> None:
        """Learn who answers: its version, our thread there, the schema we are bound to ('' when to none)."""
        rows = self.query("SELECT VERSION(), CONNECTION_ID(), DATABASE()")
        version, thread, database = (rows or [("", "0", "")])[0]
        self.version, self._thread_id, self.database = version or "", int(thread or 0), database or ""

    def execute(self, statement: str) -> None:
        """Run a person's statement as written.

        Raises:
            StatementFailed: The server refused it; of several commands in one text the earlier ones ran. Or it
                is a ROLLBACK of the transaction that it runs in, and was not sent.
            ConnectFailed: The connection broke.
        """
        if self._in_transaction and rolls_back(statement):
            raise self._refused_here(statement, _WOULD_END)
        self.run(statement)
        if self._in_transaction and not self._is_open() and not commits_implicitly(statement):
            self._in_transaction = False
            raise self._refused_here(statement, _ENDED)

    def begin(self) -> None:
        self.run("START TRANSACTION")
        self._in_transaction = True

    def commit(self) -> None:
        """Commit. What DDL committed by itself before is committed already."""
        self._in_transaction = False
        self.run("COMMIT")

    def rollback(self) -> None:
        self._in_transaction = False
        self.run("ROLLBACK")

    def cancel(self) -> None:
        import pymysql

        with suppress(AtlasError, pymysql.Error, OSError):
            other = self._reconnect()
            try:
                other.query(f"KILL QUERY {self._thread_id}")
            finally:
                other.close()

    def close(self) -> None:
        import pymysql

        with suppress(pymysql.Error, OSError):
            self._connection.close()

    def settle(self) -> None:
        """Commit a write of ours outside a transaction when a person's ``SET autocommit = 0`` keeps it open."""
        if not self._in_transaction and not self._is_autocommitting():
            self.run("COMMIT")

    def run(self, sql: str) -> None:
        """Send one message of SQL and read all its results, keeping none."""
        self._guarded(sql, lambda: self._drain(sql))

    def query(self, sql: str, *, absent: Iterable[int] = ()) -> list[Row] | None:
        """Run one catalog query of ours within 30 s and return its rows as text.

        Args:
            sql: One SELECT.
            absent: Error numbers that mean None instead of an error.
        """
        missing = set(absent)

        def fetch() -> list[Row] | None:
            import pymysql

            try:
                self._connection.query(self._limited(sql))
            except pymysql.MySQLError as error:
                if errors.code_of(error) in missing:
                    return None
                raise
            result = self._connection._result  # noqa: SLF001 - a cursor would format and convert
            return [tuple(map(_text, row)) for row in (result.rows if result else None) or ()]

        return self._guarded(sql, fetch)

    def answers(self, sql: str) -> list[tuple[tuple[str, ...], list[tuple[object, ...]]]]:
        """Run a person's statement as written; the names and values of all that it answers with, as they were sent."""
        decoders, self._connection.decoders = self._connection.decoders, {}
        try:
            return self._guarded(sql, lambda: self._all_results(sql))
        finally:
            self._connection.decoders = decoders

    def answers_of_one(self, sql: str) -> list[tuple[tuple[str, ...], list[tuple[object, ...]]]]:
        """As ``answers``, but the server refuses a text of several statements, whoever told them apart before."""
        self._take(sql, _ONE_STATEMENT)
        try:
            found = self.answers(sql)
        except StatementFailed:  # after an interrupt nothing can be said to the server but to kill
            self._take(sql, _SEVERAL_STATEMENTS)
            raise
        self._take(sql, _SEVERAL_STATEMENTS)
        return found

    def literal(self, value: str) -> str:
        """A text as an SQL literal that is pure ASCII and means the same in every session."""
        raw = value.encode(errors="backslashreplace").hex()
        return f"_utf8mb4 x'{raw}'"

    def identifier(self, name: str) -> str:
        """A name in backticks, which ``ANSI_QUOTES`` leaves alone."""
        return "`" + name.replace("`", "``") + "`"

    def _take(self, sql: str, option: bytes) -> None:
        def send() -> None:
            self._connection._execute_command(_SET_OPTION, option)  # noqa: SLF001 - it has no method for this command
            self._connection._read_packet()  # noqa: SLF001

        self._guarded(sql, send)

    def _is_open(self) -> bool:
        return bool((self._connection.server_status or 0) & _IN_TRANSACTION)

    def _is_autocommitting(self) -> bool:
        return bool((self._connection.server_status or _AUTOCOMMIT) & _AUTOCOMMIT)

    def _limited(self, sql: str) -> str:
        if not sql.startswith("SELECT"):
            return sql
        if self.is_mariadb:
            return f"SET STATEMENT max_statement_time = {CATALOG_TIMEOUT_S} FOR {sql}"
        return f"SELECT /*+ MAX_EXECUTION_TIME({CATALOG_TIMEOUT_S * 1000}) */ {sql.removeprefix('SELECT')}"

    def _drain(self, sql: str) -> None:
        # Unbuffered: a person's SELECT may have more rows than we have memory.
        self._connection.query(sql, unbuffered=True)
        while True:
            result = self._connection._result  # noqa: SLF001 - a cursor would read all rows
            if result is None:
                return
            if result.unbuffered_active:
                result._finish_unbuffered_query()  # noqa: SLF001 - the only way to skip rows
            if not result.has_next:
                return
            self._connection.next_result(unbuffered=True)

    def _all_results(self, sql: str) -> list[tuple[tuple[str, ...], list[tuple[object, ...]]]]:
        found: list[tuple[tuple[str, ...], list[tuple[object, ...]]]] = []
        self._connection.query(sql)
        while True:
            result = self._connection._result  # noqa: SLF001 - a cursor would format and convert
            if result is None:
                return found
            if result.description:
                found.append((tuple(column[0] for column in result.description), list(result.rows or ())))
            if not result.has_next:
                return found
            self._connection.next_result()

    def _guarded(self, sql: str, act: Callable[[], T]) -> T:
        import pymysql

        try:
            return act()
        except (pymysql.MySQLError, OSError) as error:
            raise errors.refused(error, sql, self._url) from error
        except UnicodeError as error:
            raise self._refused_here(
                sql, "the statement has characters that the connection's charset cannot hold"
            ) from error
        except RuntimeError as error:
            # PyMySQL reads the refused file request as a fault of the program.
            raise self._refused_here(
                sql, "LOAD DATA LOCAL is not supported: the file would be read from this machine"
            ) from error

    def _refused_here(self, sql: str, text: str) -> StatementFailed:
        return StatementFailed(text, statement=mask_text(sql, self._url.secrets), text=text)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
