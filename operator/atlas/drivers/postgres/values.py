"""Rows of a query that a project file asks: integers, floats and bools as such, all other types as their text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.drivers.postgres import errors
from atlas.errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg.pq.abc import PGresult

    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.postgres.session import PostgresSession

TIMEOUT_S: Final = 30
# pg_type.oid, fixed in src/include/catalog/pg_type.dat
_BOOL: Final = 16
_BYTEA: Final = 17
_INTEGERS: Final = frozenset({20, 21, 23})
_FLOATS: Final = frozenset({700, 701})
_TIMES: Final = frozenset({1082, 1083, 1114, 1184, 1266})


def read_rows(
    database: PostgresDatabase, query: str, arguments: Sequence[object]
) -> list[tuple[object, ...]]:
    """The rows of one query, ``$1`` standing for the first argument, within 30 s in a transaction that reads only.

    Raises:
        Unsupported: A column of times, as with the Go tools: cast it to text.
    """
    session = database.session
    session.run(f"BEGIN READ ONLY; SET LOCAL statement_timeout = '{TIMEOUT_S}s'")
    try:
        result = _answer(session, query, [_parameter(value) for value in arguments], database)
        columns = range(result.nfields)
        for column in columns:
            if result.ftype(column) in _TIMES:
                raise Unsupported(
                    "a query of times is not supported: cast the column to text, as created_at::text"
                )
        return [
            tuple(_value(result.get_value(row, column), result.ftype(column)) for column in columns)
            for row in range(result.ntuples)
        ]
    finally:
        session.run("ROLLBACK")


def _answer(
    session: PostgresSession, query: str, parameters: list[bytes], database: PostgresDatabase
) -> PGresult:
    """One command by the extended protocol, which takes no second one."""
    import psycopg
    from psycopg import generators
    from psycopg.pq import ExecStatus

    connection = session._connection  # noqa: SLF001 - the one message that has parameters
    try:
        connection.pgconn.send_query_params(query.encode(connection.info.encoding), parameters)
        result: PGresult = connection.wait(generators.execute(connection.pgconn))[-1]
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise errors.broken(error, database.url) from error
    if result.status in {ExecStatus.FATAL_ERROR, ExecStatus.NONFATAL_ERROR}:
        raise errors.refused(result, query, database.url)
    return result


def _parameter(value: object) -> bytes:
    """Without a type of its own: the server takes it for what it is compared with."""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).encode()


def _value(raw: bytes | None, oid: int) -> object:
    if raw is None:
        return None
    text = raw.decode(errors="replace")
    if oid == _BOOL:
        return text == "t"
    if oid in _INTEGERS:
        return int(text)
    if oid in _FLOATS:
        return float(text)
    return (
        bytes.fromhex(text[2:]).decode(errors="replace") if oid == _BYTEA and text.startswith("\\x") else text
    )
