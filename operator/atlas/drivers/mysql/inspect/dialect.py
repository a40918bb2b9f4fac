"""What MySQL and MariaDB say differently in catalogs of one name. Everything else reads the same.

MariaDB 10.11 was looked at, MySQL 8.0 is written from its manual (chapter "INFORMATION_SCHEMA Tables").
"""

from __future__ import annotations

import re

_OWN_QUERIES = frozenset({"schemata", "columns", "statistics", "checks", "views"})
_WIDTH = re.compile(
    r"\A(tinyint|smallint|mediumint|int|bigint)\((\d+)\)( unsigned)?(?! zerofill| unsigned zerofill)"
)
_COMPRESSED = re.compile(r" /\*M!\d+ COMPRESSED\*/")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
_LITERAL = re.compile(r"'(?:[^'\\]|''|\\.)*'|[bx]'[0-9a-f]*'|NULL|TRUE|FALSE", re.IGNORECASE | re.DOTALL)
_NOW = re.compile(r"(current_timestamp|now)(\(\d*\))?", re.IGNORECASE)
_NUMERIC_TYPE = re.compile(r"(tinyint|smallint|mediumint|int|bigint|decimal|float|double|year)\b")
_BINARY_TYPE = re.compile(r"(bit|binary|varbinary)\b")
_BITS = re.compile(r"b'[01]*'|0x[0-9a-f]+", re.IGNORECASE)
_QUOTED = re.compile(r"'(?:[^'\\]|''|\\.)*'|`(?:[^`]|``)*`|\"(?:[^\"\\]|\"\"|\\.)*\"", re.DOTALL)


def query_name(kind: str, *, is_mariadb: bool) -> str:
    """The file of the query for a kind: ``columns`` or ``columns_mysql``."""
    return f"{kind}_mysql" if kind in _OWN_QUERIES and not is_mariadb else kind


def type_text(column_type: str) -> str:
    """A type without display widths, so that ``int(11)`` and ``int`` are one type.

    MySQL 8.0.19 prints none, except for ``tinyint(1)``, which programs take for a boolean, and ZEROFILL, where they say
    something. MariaDB's COMPRESSED is no part of the type either.
    """
    return _WIDTH.sub(_without_width, _COMPRESSED.sub("", column_type))


def is_compressed(column_type: str) -> bool:
    """Whether MariaDB stores the values of a column compressed."""
    return _COMPRESSED.search(column_type) is not None


def default_of(text: str, *, column_type: str, extra: str, is_mariadb: bool) -> str | None:
    """A default as the SQL expression after DEFAULT; expressions that are no literal in parentheses.

    Args:
        text: MariaDB: the expression, ``NULL`` or '' for none. MySQL: ``=`` and the value, '' for none.
        column_type: Decides how a value of MySQL is written.
        extra: ``DEFAULT_GENERATED`` marks MySQL's expressions.
        is_mariadb: Who said so.
    """
    if text in {"", "NULL"}:
        return None
    if is_mariadb:
        return text if _is_literal(text) or is_enclosed(text) else f"({text})"
    value = text.removeprefix("=")
    if "DEFAULT_GENERATED" in extra:
        value = unescaped(value)
        return value if _NOW.fullmatch(value) or is_enclosed(value) else f"({value})"
    if _NUMERIC_TYPE.match(column_type) or (_BINARY_TYPE.match(column_type) and _BITS.fullmatch(value)):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def expression(text: str, *, is_mariadb: bool) -> str:
    """An expression without its outer parentheses; MySQL prints it with quotes escaped once more."""
    shown = text if is_mariadb else unescaped(text)
    return shown[1:-1] if not is_mariadb and is_enclosed(shown) else shown


def unescaped(text: str) -> str:
    """A text of MySQL's catalogs in which quotes and backslashes were escaped."""
    return text.replace("\\'", "'").replace("\\\\", "\\")


def is_enclosed(text: str) -> bool:
    """Whether one pair of parentheses holds all of an expression; those in quotes do not count."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    bare = _QUOTED.sub(lambda found: "_" * len(found[0]), text)
    for place, sign in enumerate(bare):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(bare) - 1
    return False


def _is_literal(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text) or _LITERAL.fullmatch(text))


def _without_width(found: re.Match[str]) -> str:
    if found[1] == "tinyint" and found[2] == "1":
        return found[0]
    return found[1] + (found[3] or "")
