"""What statements of a person answer with, as texts, for tests that compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.testing.output import ResultSet

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

    from atlas.drivers.postgres.session import PostgresSession

_BOOL = 16
"""The OID of the type ``bool``, whose values the server writes as ``t`` and ``f``."""


def results_of(session: PostgresSession, statement: str) -> list[ResultSet]:
    """Run one statement; what has columns, values as the server writes them. Raises as ``PostgresSession.execute``."""
    return sets_of(session.run(statement))


def sets_of(results: list[PGresult]) -> list[ResultSet]:
    """What has columns, values as the server writes them."""
    from psycopg.pq import ExecStatus

    return [_result(result) for result in results if result.status == ExecStatus.TUPLES_OK and result.nfields]


def _result(result: PGresult) -> ResultSet:
    columns = tuple((result.fname(place) or b"").decode(errors="replace") for place in range(result.nfields))
    rows = tuple(
        tuple(_text(result.get_value(row, place), result.ftype(place)) for place in range(result.nfields))
        for row in range(result.ntuples)
    )
    return ResultSet(columns, rows)


def _text(value: bytes | None, oid: int) -> str | None:
    if value is None:
        return None
    if oid == _BOOL:
        return "true" if value == b"t" else "false"
    return value.decode(errors="replace")
