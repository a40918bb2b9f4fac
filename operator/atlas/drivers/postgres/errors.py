"""The wall around psycopg and libpq: what a server or a network answered, in the words of ``atlas.errors``.

Only the primary message of a refusal passes: DETAIL holds values of rows, and CONTEXT holds statements. Where the
primary message itself quotes a value that does not fit (class 22), it passes if the statement has it too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.mask import mask_text, mask_words
from atlas.errors import AccessDenied, AtlasError, ConnectFailed, SpecError, StatementFailed, TargetError

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

    from atlas.engine.database_url import DatabaseURL

UNDEFINED_TABLE = "42P01"
INVALID_SCHEMA = "3F000"
INSUFFICIENT_PRIVILEGE = "42501"
QUERY_CANCELED = "57014"

_DATA_EXCEPTION = "22"
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)
_FATAL = re.compile(r"FATAL:\s*(.*)")
_DENIED = re.compile(
    r"authentication failed|no pg_hba\.conf entry|no password supplied|is not permitted to log in"
    r'|permission denied for database|role ".*" does not exist|no such user|password required'
)
_MISSING_DATABASE = re.compile(r'database ".*" does not exist')
_BAD_SETTING = re.compile(
    r'unrecognized configuration parameter|invalid value for parameter|parameter ".*" cannot be'
    r"|permission denied to set parameter|unsupported startup parameter|invalid configuration parameter name"
)
_CODES = {_MISSING_DATABASE: "3D000", re.compile("unrecognized configuration parameter"): "42704"}


def sqlstate(result: PGresult) -> str:
    """The five characters of an error class, '' where the server sent none."""
    from psycopg.pq import DiagnosticField

    return (result.error_field(DiagnosticField.SQLSTATE) or b"").decode()


def refusal_text(result: PGresult, url: DatabaseURL, statement: str = "") -> str:
    """The server's primary message and code as lib/pq prints them, masked as the statement; values of rows are taken out."""
    from psycopg.pq import DiagnosticField

    raw = result.error_field(DiagnosticField.MESSAGE_PRIMARY) or result.error_message or b"no message"
    code, text = sqlstate(result), raw.decode(errors="replace").strip()
    if code.startswith(_DATA_EXCEPTION):
        text = _QUOTED.sub(lambda found: found[0] if found[1] in statement else '"…"', text)
    return mask_words(f"pq: {text}" + (f" ({code})" if code else ""), statement, url.secrets)


def refused(result: PGresult, statement: str, url: DatabaseURL) -> AtlasError:
    """The error of a result: a refusal, or the end of the connection when the server said that it is one."""
    from psycopg.pq import DiagnosticField

    text = refusal_text(result, url, statement)
    if result.error_field(DiagnosticField.SEVERITY_NONLOCALIZED) in {b"FATAL", b"PANIC"}:
        return ConnectFailed(f"{_place(url)}: the server ended the connection: {text}")
    return StatementFailed(text, statement=mask_text(statement, url.secrets), text=text)


def broken(error: Exception, url: DatabaseURL) -> ConnectFailed:
    """The connection is gone; whether the last statement took effect is unknown."""
    return ConnectFailed(f"{_place(url)}: the connection broke: {_line(error, url)}")


def not_connected(error: Exception, url: DatabaseURL) -> AtlasError:
    """Why no session came to be: the address, the password, the database, or a key of the URL."""
    text = str(error)
    if found := _FATAL.search(text):
        return _turned_away(mask_text(found.group(1).strip(), url.secrets))
    if "timeout expired" in text or "timed out" in text:
        return ConnectFailed(f"postgres: dial tcp {url.server_key}: i/o timeout")
    if "refused" in text:
        return ConnectFailed(f"postgres: dial tcp {url.server_key}: connect: connection refused")
    if re.search(
        r"Name or service not known|could not translate host name|No address associated|resolve", text
    ):
        return ConnectFailed(f"postgres: dial tcp: lookup {url.host or url.server_key}: no such host")
    if _DENIED.search(text):
        return AccessDenied(f"postgres: {_line(error, url)}")
    return ConnectFailed(f"{_place(url)}: {_line(error, url)}")


def _turned_away(message: str) -> AtlasError:
    code = next((code for pattern, code in _CODES.items() if pattern.search(message)), "")
    text = f"pq: {message}" + (f" ({code})" if code else "")
    if _BAD_SETTING.search(message):
        return SpecError(
            f"{text}: a key of the database URL that is no key of the driver is a server setting"
        )
    if _DENIED.search(message):
        return AccessDenied(text)
    full = f"postgres: scanning system variables: {text}"
    return TargetError(full) if _MISSING_DATABASE.search(message) else ConnectFailed(full)


def _place(url: DatabaseURL) -> str:
    return f"postgres: {url.server_key}"


def _line(error: Exception, url: DatabaseURL) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return mask_text(text, url.secrets)
