"""Rows of a query that a project file asks: integers and floats as such, all other types as their text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.mysql import MySQLDatabase
    from atlas.drivers.mysql.session import MySQLSession

TIMEOUT_S: Final = 30
# https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html
_INTEGERS: Final = frozenset({1, 2, 3, 8, 9, 13})
_FLOATS: Final = frozenset({4, 5})
_TIMES: Final = frozenset({7, 10, 12, 14})


def read_rows(database: MySQLDatabase, query: str, arguments: Sequence[object]) -> list[tuple[object, ...]]:
    """The rows of one query, ``?`` standing for arguments, within 30 s in a transaction that reads only.

    The query is prepared by SQL: a prepared statement is one statement, and its arguments are values.

    Raises:
        Unsupported: A column of times, as with the Go tools: cast it to char.
    """
    session = database.session
    limit = (
        f"max_statement_time = {TIMEOUT_S}"
        if session.is_mariadb
        else f"max_execution_time = {TIMEOUT_S * 1000}"
    )
    session.run(f"SET SESSION {limit}")
    # For the session too: a DDL statement ends the transaction before it is refused for being in one that reads only.
    session.run("SET SESSION TRANSACTION READ ONLY")
    session.run("START TRANSACTION READ ONLY")
    try:
        session.run(f"SET @atlas_query = {session.literal(query)}")
        session.run("PREPARE atlas_query FROM @atlas_query")
        names = [f"@atlas_{number}" for number in range(len(arguments))]
        for name, value in zip(names, arguments, strict=True):
            session.run(f"SET {name} = {_literal(session, value)}")
        rows = session.query("EXECUTE atlas_query" + (f" USING {', '.join(names)}" if names else "")) or []
        types = _types(session)
        return [tuple(_value(value, type_) for value, type_ in zip(row, types, strict=True)) for row in rows]
    finally:
        session.run("ROLLBACK")


def _types(session: MySQLSession) -> list[int]:
    result = session._connection._result  # noqa: SLF001 - a cursor would format and convert
    types = [field.type_code for field in getattr(result, "fields", None) or ()]
    if _TIMES.intersection(types):
        raise Unsupported("a query of times is not supported: cast the column, as CAST(created_at AS CHAR)")
    return types


def _literal(session: MySQLSession, value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(int(value) if float(value).is_integer() else value)
    return session.literal(str(value))


def _value(text: str | None, type_code: int) -> object:
    if text is None:
        return None
    if type_code in _INTEGERS:
        return int(text)
    return float(text) if type_code in _FLOATS else text
