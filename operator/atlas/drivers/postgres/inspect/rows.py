"""Asking the catalogs: one view of them for all queries, and rows as they come from ``sql/*.sql``."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from atlas.drivers.postgres.catalog import catalog_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from atlas.drivers.postgres.session import PostgresSession

Row: TypeAlias = dict[str, Any]
"""A row under the names of its query; oids are texts, as JSON has them."""

# What the server prints expressions by, and runs our queries with. NB: pg_temp is searched first, where it is not named.
_SETTINGS = {
    "search_path": "pg_catalog, pg_temp",
    "quote_all_identifiers": "off",
    "standard_conforming_strings": "on",
    "datestyle": "'ISO, MDY'",
    "intervalstyle": "postgres",
    "timezone": "'UTC'",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "lc_monetary": "'C'",
    "jit": "off",  # compiling takes longer than these queries
    "idle_in_transaction_session_timeout": "0",  # rows are parsed between queries
}
_SET = "; ".join(f"SET LOCAL {name} = {value}" for name, value in _SETTINGS.items())


@contextmanager
def catalog_view(session: PostgresSession) -> Iterator[None]:
    """Let all queries see one state of the catalogs, and print every name that is not the server's own qualified.

    Outside a transaction that state is a snapshot. Inside of one it is what each query finds; the
    transaction, its settings and its isolation are as before when the context ends.
    """
    session.flush()
    if session.is_idle:
        begin, end = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "ROLLBACK"
    else:
        begin, end = (
            "SAVEPOINT atlas_inspect",
            "ROLLBACK TO SAVEPOINT atlas_inspect; RELEASE SAVEPOINT atlas_inspect",
        )
    session.run(f"{begin}; {_SET}")
    try:
        yield
    finally:
        session.run(end)


@contextmanager
def reading(
    session: PostgresSession, queries: Mapping[str, Mapping[str, str]]
) -> Iterator[Iterator[list[Row]]]:
    """The rows of each ``sql/inspect_<name>.sql`` in turn, as one message; see ``PostgresSession.stream``.

    Args:
        session: Within a ``catalog_view``.
        queries: The variables of each query.
    """
    texts = [catalog_sql(session, f"inspect_{name}", **values) for name, values in queries.items()]
    with session.stream([_as_json(text) for text in texts]) as answers:
        yield (_parsed(answer) for answer in answers)


def _as_json(sql: str) -> str:
    return f"SELECT json_agg(catalog_row) FROM (\n{sql}\n) AS catalog_row"


def _parsed(answer: list[tuple[str | None, ...]]) -> list[Row]:
    text = answer[0][0]
    rows: list[Row] = json.loads(text) if text else []
    return rows


def array(values: Iterable[str]) -> str:
    r"""``values`` as the text of an array, ``{"app","it\"s"}``."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"
