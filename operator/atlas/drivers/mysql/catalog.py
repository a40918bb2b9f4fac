"""The catalog SQL of this driver: files under ``sql/`` that a person can paste into ``mysql``.

``@name`` stands for a literal (a user variable, when pasted) and `` `:name` `` for an identifier.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.drivers.mysql.session import MySQLSession

_VARIABLE = re.compile(r"@([a-z_]\w*)|`:(\w+)`")
_COMMENT = re.compile(r"\A(?:--[^\n]*\n)+")


def catalog_sql(session: MySQLSession, name: str, **values: str) -> str:
    """The text of ``sql/<name>.sql`` with its variables filled in, ready to be sent."""
    from importlib.resources import files

    def quoted(found: re.Match[str]) -> str:
        literal, identifier = found.groups()
        return session.literal(values[literal]) if literal else session.identifier(values[identifier])

    text = files("atlas.drivers.mysql").joinpath("sql", f"{name}.sql").read_text("utf-8")
    return _VARIABLE.sub(quoted, _COMMENT.sub("", text)).strip().removesuffix(";")
