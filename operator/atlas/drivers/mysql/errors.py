"""The wall around PyMySQL: what a server or a network answered, in the words of ``atlas.errors``.

Values of rows that a server puts into its message (a duplicate entry, a value that does not fit) are taken out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.mask import mask_text, mask_words
from atlas.errors import AccessDenied, AtlasError, ConnectFailed, StatementFailed, TargetError

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL

UNKNOWN_DATABASE = 1049
UNKNOWN_TABLE = 1146
UNKNOWN_COLUMN = 1054
NOT_LOCKED = "Error 1100"

_BROKEN = frozenset(
    (0, 1053, 1077, 1079, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 2055, 4031)
)
"""Lost, aborted or killed connections; 0 is an error that no server sent, 1927 MariaDB's for KILL."""
_DENIED = frozenset((1044, 1045, 1130, 1251, 1275, 1396, 1524, 1698, 2049, 2059, 2061, 3118, 4151))
_SQLSTATES = {
    **dict.fromkeys((1044, 1049, 1064, 1065, 1067, 1068, 1061, 1091, 1142, 1143, 1227, 1305, 1273), "42000"),
    **dict.fromkeys((1048, 1062, 1216, 1217, 1451, 1452, 1586), "23000"),
    **dict.fromkeys((1193, 1205, 1366), "HY000"),
    1045: "28000",
    1050: "42S01",
    1051: "42S02",
    1146: "42S02",
    1054: "42S22",
    1060: "42S21",
    1213: "40001",
    1264: "22003",
    1292: "22007",
    1317: "70100",
    1406: "22001",
    4025: "23000",
}
"""PyMySQL drops the SQLSTATE of an answer; these are the codes of the manual that people meet."""

_ROW_VALUE = re.compile(
    r"(Duplicate entry |\bvalue:? )'(?:.*'(?= for (?:key|column|function) )|.*'\Z)", re.DOTALL
)


def code_of(error: Exception) -> int:
    """The server's or PyMySQL's number, 0 when there is none."""
    return error.args[0] if error.args and isinstance(error.args[0], int) else 0


def refusal_text(error: Exception, url: DatabaseURL, statement: str = "") -> str:
    """``Error 1146 (42S02): Table 'a.b' doesn't exist``, as go-sql-driver prints it, masked as the statement."""
    code = code_of(error)
    message = str(error.args[1]) if len(error.args) > 1 else str(error)
    state = f" ({_SQLSTATES[code]})" if code in _SQLSTATES else ""
    shown = _ROW_VALUE.sub(r"\1'xxxxx'", message)
    return mask_words(f"Error {code}{state}: {shown}" if code else shown, statement, url.secrets)


def refused(error: Exception, statement: str, url: DatabaseURL) -> AtlasError:
    """The error of a statement: a refusal, or a connection that is gone."""
    import pymysql

    if isinstance(error, (pymysql.InterfaceError, OSError)) or code_of(error) in _BROKEN:
        return ConnectFailed(
            f"mysql: {url.server_key}: the connection broke: {refusal_text(error, url, statement)}"
        )
    text = refusal_text(error, url, statement)
    return StatementFailed(text, statement=mask_text(statement, url.secrets), text=text)


def not_connected(error: Exception, url: DatabaseURL) -> AtlasError:
    """Why no session came to be: the address, the password, the database or TLS."""
    code, text = code_of(error), refusal_text(error, url)
    full = f"mysql: query system variables: {text}"
    if code in _DENIED:
        return AccessDenied(full)
    if code == UNKNOWN_DATABASE:
        return TargetError(full)
    if re.search(r"timed out", text):
        return ConnectFailed(f"mysql: dial tcp {url.server_key}: i/o timeout")
    if re.search(r"refused", text):
        return ConnectFailed(f"mysql: dial tcp {url.server_key}: connect: connection refused")
    if re.search(r"Name or service not known|No address associated|name resolution|getaddrinfo", text):
        return ConnectFailed(f"mysql: dial tcp: lookup {url.host}: no such host")
    return ConnectFailed(f"mysql: {url.server_key}: {text}")
