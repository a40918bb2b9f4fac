"""The catalog SQL of this driver: files under ``sql/`` that a person can paste into ``mysql``.

``@name`` stands for a literal (a user variable, when pasted), ``@schemas`` for a list of them, and `` `:name` `` for
an identifier.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.mysql.session import MySQLSession

_VARIABLE = re.compile(r"(?<!@)@([a-z_]\w*)|`:(\w+)`")
_COMMENT = re.compile(r"\A(?:--[^\n]*\n)+")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_$-]+")


def catalog_sql(session: MySQLSession, name: str, **values: str) -> str:
    """The text of ``sql/<name>.sql`` with its variables filled in, ready to be sent."""

    def quoted(found: re.Match[str]) -> str:
        literal, identifier = found.groups()
        return session.literal(values[literal]) if literal else session.identifier(values[identifier])

    return _VARIABLE.sub(quoted, _text(name))


def schemas_sql(session: MySQLSession, name: str, schemas: Sequence[str]) -> str:
    """The text of ``sql/<name>.sql`` for these schemas, of which there is at least one.

    A single one is compared by ``=``: only then does MariaDB read the folder of that schema alone.
    """
    literals = [f"'{each}'" if _PLAIN_NAME.fullmatch(each) else session.literal(each) for each in schemas]
    wanted = f"= {literals[0]}" if len(literals) == 1 else f"IN ({', '.join(literals)})"
    return _text(name).replace("IN (@schemas)", wanted)


@cache
def _text(name: str) -> str:
    from importlib.resources import files

    text = files("atlas.drivers.mysql").joinpath("sql", f"{name}.sql").read_text("utf-8")
    return _COMMENT.sub("", text).strip().removesuffix(";")
