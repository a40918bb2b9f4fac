"""The catalog SQL of this driver: files under ``sql/`` that a person can paste into psql.

Variables are psql's own: ``:'name'`` stands for a literal, ``:"name"`` for an identifier.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.drivers.postgres.session import PostgresSession

_VARIABLE = re.compile(r""":(['"])(\w+)\1""")


def catalog_sql(session: PostgresSession, name: str, **values: str) -> str:
    """The text of ``sql/<name>.sql`` with its variables filled in, ready to be sent."""
    from importlib.resources import files

    def quoted(found: re.Match[str]) -> str:
        value = values[found.group(2)]
        return session.literal(value) if found.group(1) == "'" else session.identifier(value)

    text = files("atlas.drivers.postgres").joinpath("sql", f"{name}.sql").read_text("utf-8")
    return _VARIABLE.sub(quoted, text).strip().removesuffix(";")
