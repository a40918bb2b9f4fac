"""A database URL in the words of PyMySQL. No connection is opened here.

Users write URLs for go-sql-driver: its keys are translated, and every other key is a session variable that
the server is asked to set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atlas.errors import SpecError, Unsupported

if TYPE_CHECKING:
    import ssl

    from atlas.engine.database_url import DatabaseURL

CONNECT_TIMEOUT_S = 5.0

_IGNORED_KEYS = frozenset(
    (
        *("allowAllFiles", "allowCleartextPasswords", "allowFallbackToPlaintext", "allowNativePasswords"),
        *("allowOldPasswords", "checkConnLiveness", "clientFoundRows", "columnsWithAlias", "compress"),
        *(
            "interpolateParams",
            "loc",
            "multiStatements",
            "parseTime",
            "timeTruncate",
            "rejectReadOnly",
            "strict",
        ),
        *("maxAllowedPacket", "connectionAttributes", "database"),
    )
)
_TRANSLATED_KEYS = frozenset(("timeout", "readTimeout", "writeTimeout", "charset", "collation", "tls"))
_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*")


@dataclass(frozen=True, slots=True)
class ConnectionPlan:
    """How to connect: ``arguments`` for ``pymysql.connect``; ``plain_too`` allows a server without TLS."""

    arguments: dict[str, Any]
    plain_too: bool = False


def connection_plan(url: DatabaseURL) -> ConnectionPlan:
    """Translate a URL.

    Raises:
        SpecError: A duration, a TLS mode, a variable or a path is malformed.
        Unsupported: A public key registered in a Go program is asked for.
    """
    given = {key: url.parameter(key) for key, _ in url.query}
    if "serverPubKey" in given:
        raise Unsupported("serverPubKey names a key inside a Go program: use tls=true")
    if "/" in url.database:
        raise SpecError("invalid DSN: did you forget to escape a param value?")
    tls = _tls(given.get("tls", "false"))
    return ConnectionPlan(
        {
            **_address(url),
            **_timeouts(given),
            "user": url.user,
            "password": url.password,
            "database": url.database or None,
            "charset": given.get("charset", "utf8mb4").split(",")[0],
            "collation": given.get("collation") or None,
            **({"ssl": tls} if tls else {"ssl_disabled": True}),
        },
        plain_too=given.get("tls") == "preferred",
    )


def session_variables(url: DatabaseURL) -> str:
    """The one ``SET`` for the keys that no driver knows, '' when there are none; values go as written, as in Go.

    Raises:
        SpecError: A key is no name of a variable.
    """
    assignments = []
    for key, value in url.query:
        if key in _IGNORED_KEYS | _TRANSLATED_KEYS:
            continue
        if not _VARIABLE.fullmatch(key):
            raise SpecError(f'invalid key "{key}" of the database URL: expected a session variable')
        assignments.append(f"{key} = {value}")
    return f"SET {', '.join(assignments)}" if assignments else ""


def seconds(duration: str) -> float:
    """A Go duration (``1m30s``, ``500ms``, ``0``) in seconds.

    Raises:
        SpecError: It is none.
    """
    if duration == "0":
        return 0.0
    parts = _DURATION.findall(duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise SpecError(f'time: invalid duration "{duration}"')
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def _address(url: DatabaseURL) -> dict[str, Any]:
    if url.is_socket:
        return {"unix_socket": url.path}
    return {"host": url.host or "localhost", "port": url.port or 3306}


def _timeouts(given: dict[str, str]) -> dict[str, float | None]:
    return {
        "connect_timeout": seconds(given["timeout"]) if given.get("timeout") else CONNECT_TIMEOUT_S,
        "read_timeout": (seconds(given["readTimeout"]) if given.get("readTimeout") else 0) or None,
        "write_timeout": (seconds(given["writeTimeout"]) if given.get("writeTimeout") else 0) or None,
    }


def _tls(mode: str) -> ssl.SSLContext | None:
    import ssl

    match mode.lower():
        case "false" | "0" | "":
            return None
        case "true" | "1":
            return ssl.create_default_context()
        case "skip-verify" | "preferred":
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            return context
        case _:
            raise SpecError(
                f"invalid value / unknown config name: {mode}: expected true, false, skip-verify or preferred"
            )
