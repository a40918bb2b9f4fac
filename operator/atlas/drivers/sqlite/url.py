"""What SQLite makes of a database URL: a file and the settings of go-sqlite3's ``_keys``, as PRAGMAs.

The library itself ignores every key that begins with ``_``, so each one is translated or refused here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from atlas.errors import SpecError
from atlas.record import dataclass

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL

_MEMORY = ":memory:"
_BOOLEANS = {"0": "0", "no": "0", "false": "0", "off": "0", "1": "1", "yes": "1", "true": "1", "on": "1"}

# go-sqlite3 1.14, sqlite3.go: the spelling of each key and of its alias.
_FLAGS = {
    "_foreign_keys": "foreign_keys",
    "_fk": "foreign_keys",
    "_case_sensitive_like": "case_sensitive_like",
    "_cslike": "case_sensitive_like",
    "_defer_foreign_keys": "defer_foreign_keys",
    "_defer_fk": "defer_foreign_keys",
    "_ignore_check_constraints": "ignore_check_constraints",
    "_query_only": "query_only",
    "_recursive_triggers": "recursive_triggers",
    "_rt": "recursive_triggers",
    "_writable_schema": "writable_schema",
}
_WORDS = {
    "_auto_vacuum": ("auto_vacuum", "0 1 2 none full incremental"),
    "_vacuum": ("auto_vacuum", "0 1 2 none full incremental"),
    "_journal_mode": ("journal_mode", "delete truncate persist memory wal off"),
    "_journal": ("journal_mode", "delete truncate persist memory wal off"),
    "_locking_mode": ("locking_mode", "normal exclusive"),
    "_locking": ("locking_mode", "normal exclusive"),
    "_secure_delete": ("secure_delete", "0 1 no false off yes true on default fast"),
    "_synchronous": ("synchronous", "0 1 2 3 off normal full extra"),
    "_sync": ("synchronous", "0 1 2 3 off normal full extra"),
}
_NUMBERS = {"_busy_timeout": "busy_timeout", "_timeout": "busy_timeout", "_cache_size": "cache_size"}
_LIBRARY_KEYS = ("mode", "cache", "immutable", "vfs", "psow", "nolock", "modeof")
_WITHOUT_EFFECT = ("_loc", "_mutex", "_stmt_cache_size")
_BEGINS = {"deferred": "BEGIN", "immediate": "BEGIN IMMEDIATE", "exclusive": "BEGIN EXCLUSIVE"}


@dataclass(frozen=True, slots=True)
class Target:
    """A file and how to open it.

    Attributes:
        path: As written; '' for a database in memory.
        uri: For ``sqlite3.connect(uri=True)``.
        pragmas: Name and value, in the order of the URL.
        begin: The statement that starts a transaction.
    """

    path: str
    uri: str
    pragmas: tuple[tuple[str, str], ...]
    begin: str = "BEGIN"


def target_of(url: DatabaseURL) -> Target:
    """Read a URL.

    Raises:
        SpecError: A key is unknown, or its value is none of those it takes.
    """
    library_keys: list[tuple[str, str]] = []
    pragmas: list[tuple[str, str]] = []
    begin = "BEGIN"
    for key, value in url.query:
        if key in _LIBRARY_KEYS:
            library_keys.append((key, value))
        elif key == "_txlock":
            begin = _BEGINS.get(value.lower()) or _refuse(key, value, f"value of '{' '.join(_BEGINS)}'")
        elif key not in _WITHOUT_EFFECT:
            pragmas.append(_pragma(key, value))
    return _target(url.database.removeprefix("file:"), library_keys, tuple(pragmas), begin)


def _target(
    path: str, library_keys: list[tuple[str, str]], pragmas: tuple[tuple[str, str], ...], begin: str
) -> Target:
    query = f"?{urlencode(library_keys)}" if library_keys else ""
    if path in {"", _MEMORY}:
        return Target("", f"file:{_MEMORY}{query}", pragmas, begin)
    in_memory = ("mode", "memory") in library_keys
    return Target("" if in_memory else path, f"file:{quote(path)}{query}", pragmas, begin)


def _pragma(key: str, value: str) -> tuple[str, str]:
    if key in _FLAGS:
        allowed = "boolean value of '0 1 false true no yes off on'"
        return _FLAGS[key], _BOOLEANS.get(value.lower()) or _refuse(key, value, allowed)
    if key in _WORDS:
        name, words = _WORDS[key]
        return name, value if value.lower() in words.split() else _refuse(key, value, f"value of '{words}'")
    if key in _NUMBERS:
        is_number = value.removeprefix("-").isdecimal() and value.isascii()
        return _NUMBERS[key], value if is_number else _refuse(key, value, "a number")
    raise SpecError(
        f'unknown key "{key}" in the query of a sqlite URL: expected {", ".join(_LIBRARY_KEYS[:3])} '
        "or one of go-sqlite3's keys, as _fk=1 or _busy_timeout=5000"
    )


def _refuse(key: str, value: str, allowed: str) -> str:
    raise SpecError(f"Invalid {key}: {value}, expecting {allowed}")
