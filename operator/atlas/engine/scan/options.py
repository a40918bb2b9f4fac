"""What a dialect's SQL scanner understands beyond quotes, comments and parentheses. Data only."""

from __future__ import annotations

from typing import Final

from atlas.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOptions:
    """The switches of one dialect; all off is plain SQL with ``--`` and ``/* */`` comments."""

    begin: bool = False
    """``BEGIN … END;`` holds statements and is one statement itself."""
    begin_atomic: bool = False
    """``BEGIN ATOMIC … END;``, the SQL body of a PostgreSQL function."""
    dollar_quotes: bool = False
    """``$tag$ … $tag$`` is a string."""
    escape_strings: bool = False
    r"""``E'\''`` is one string; see :func:`atlas.engine.scan.scan` for its rank below compatibility."""
    backslash_escapes: bool = False
    """A backslash escapes the next character in every quote."""
    hash_comments: bool = False
    """``#`` starts a comment that ends with the line."""


POSTGRES: Final = ScanOptions(begin=True, begin_atomic=True, dollar_quotes=True, escape_strings=True)
MYSQL: Final = ScanOptions(begin=True, backslash_escapes=True, hash_comments=True)
SQLITE: Final = ScanOptions(begin=True)
DEFAULT: Final = ScanOptions(begin_atomic=True, dollar_quotes=True)
"""Where no database is known: other tools' directories, and files that are only looked at."""

_BY_DIALECT: Final = {
    "postgres": POSTGRES,
    "mysql": MYSQL,
    "mariadb": MYSQL,
    "sqlite": SQLITE,
    "default": DEFAULT,
}


def options_for(dialect: str) -> ScanOptions:
    """Return the options of ``postgres``, ``mysql``, ``mariadb``, ``sqlite`` or ``default``.

    Raises:
        KeyError: the dialect has no scanner; callers pass a name that a driver gave them.
    """
    return _BY_DIALECT[dialect]
