"""The little of SQL that the two notations share: string literals, and parentheses around a whole expression."""

from __future__ import annotations

import re

_MYSQL = frozenset({"mysql", "mariadb"})
_STRING = re.compile(r"'((?:[^']|'')*)'\Z", re.DOTALL)
_MYSQL_STRING = re.compile(r"'((?:[^'\\]|''|\\.)*)'\Z", re.DOTALL)
_MYSQL_ESCAPE = re.compile(r"''|\\(.)", re.DOTALL)
_MYSQL_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "0": "\0", "Z": "\x1a"}
_QUOTED = re.compile(r"""'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|`[^`]*`|\$(\w*)\$.*?\$\1\$""", re.DOTALL)


def is_mysql(dialect: str) -> bool:
    """MySQL or MariaDB."""
    return dialect in _MYSQL


def string_value(text: str, dialect: str) -> str | None:
    """What a string literal says; None when ``text`` is not one."""
    found = (_MYSQL_STRING if is_mysql(dialect) else _STRING).match(text)
    if found is None:
        return None
    if is_mysql(dialect):
        return _MYSQL_ESCAPE.sub(
            lambda each: _MYSQL_SIGNS.get(each[1], each[1]) if each[1] else "'", found[1]
        )
    return found[1].replace("''", "'")


def string_literal(value: str, dialect: str) -> str:
    """``value`` as a string literal."""
    if is_mysql(dialect):
        value = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0")
    return "'" + value.replace("'", "''") + "'"


def without_parentheses(text: str) -> str:
    """``text`` without the parentheses that enclose all of it, however many."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")"):
        hidden = _QUOTED.sub(lambda found: "_" * len(found[0]), text)
        depth = 0
        for at, sign in enumerate(hidden):
            depth += (sign == "(") - (sign == ")")
            if depth == 0 and at < len(text) - 1:
                return text
        if depth:
            return text
        text = text[1:-1].strip()
    return text


def split_list(text: str) -> list[str]:
    """The elements of ``(a, b)`` or ``a, b``; commas in parentheses and quotes belong to an element."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    hidden = _QUOTED.sub(lambda found: "_" * len(found[0]), text)
    elements, depth, start = [], 0, 0
    for at, sign in enumerate(hidden):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            elements.append(text[start:at].strip())
            start = at + 1
    elements.append(text[start:].strip())
    return [element for element in elements if element]
