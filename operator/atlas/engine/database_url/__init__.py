"""Database URLs: one value for every place that names a database, and a text form that hides its password.

``driver://[user[:password]@]host[:port]/[database][?key=value&…]``. What a driver makes of the keys is the
driver's concern (``drivers/<name>/url.py``); no connection is opened here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.database_url.escape import Part, escape
from atlas.engine.database_url.grammar import HELP, scheme_of, split_url
from atlas.errors import SpecError, Unsupported
from atlas.record import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

REDACTED = "xxxxx"
"""What stands for a password in a text, as in Go's ``URL.Redacted``."""

_DRIVERS = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "mysql": "mysql",
    "mysql+unix": "mysql",
    "mariadb": "mariadb",
    "mariadb+unix": "mariadb",
    "maria": "mariadb",
    "maria+unix": "mariadb",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
}
_UNSERVED = frozenset(
    (
        *("atlas", "docker", "env", "file", "libsql"),
        *("azuresql", "clickhouse", "cockroach", "crdb", "databricks", "oracle", "redshift"),
        *("snowflake", "spanner", "sqlserver", "ydb"),
    )
)
_DEFAULT_PORTS = {"postgres": 5432, "mysql": 3306, "mariadb": 3306}
_SECRET_WORDS = ("password", "passwd", "secret", "token", "sslkey")


@dataclass(frozen=True, slots=True)
class DatabaseURL:
    """Where a database is and how to reach it. ``str`` and ``repr`` never hold a password.

    Attributes:
        scheme: In lower case, as written: ``maria`` and ``mariadb`` are told apart here only.
        password: Decoded, '' when there is none. Never to be put into a text.
        host: Decoded, without the brackets of an IPv6 address; '' means localhost over TCP.
        path: Decoded, with its leading ``/``.
        query: Decoded pairs in the order of writing. A key may repeat; the first one counts.
        dsn: For SQLite the text after ``sqlite://`` as written, else ''.
    """

    scheme: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: int | None = None
    path: str = ""
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    dsn: str = field(default="", repr=False)

    @property
    def driver(self) -> str:
        """``postgres``, ``mysql``, ``mariadb`` or ``sqlite``."""
        return _DRIVERS[self.scheme]

    @property
    def is_socket(self) -> bool:
        """The path names a unix socket, and the key ``database`` the schema (MySQL's ``+unix`` schemes)."""
        return self.scheme.endswith("+unix")

    @property
    def schema(self) -> str:
        """The one schema that this URL is bound to; '' when it means all of them."""
        match self.driver:
            case "sqlite":
                return "main"
            case "postgres":
                return self.parameter("search_path")
            case _:
                return self.database

    @property
    def database(self) -> str:
        """The database's name; '' when none is named. For SQLite the file as written, without its query."""
        match self.driver:
            case "sqlite":
                return self.dsn.partition("?")[0]
            case "postgres":
                return self.path.removeprefix("/") or self.parameter("dbname") or self.user
            case _:
                return self.parameter("database") if self.is_socket else self.path.removeprefix("/")

    @property
    def server_key(self) -> str:
        """One text for one server, however its URL is spelled: what limits and breakers are kept by."""
        if self.driver == "sqlite":
            return self.database
        if self.is_socket:
            return self.path
        host = (self.host or self.parameter("host") or "localhost").lower()
        return f"{host}:{self.port or self.parameter('port') or _DEFAULT_PORTS[self.driver]}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must not appear in a text, for ``mask_text``."""
        values = (self.password, *(value for key, value in self.query if _is_secret(key)))
        return tuple(value for value in values if value)

    def parameter(self, key: str) -> str:
        """The first value of a query key, '' when it is absent."""
        return next((value for name, value in self.query if name == key), "")

    def with_database(self, name: str) -> DatabaseURL:
        """The same server and keys with another database (for SQLite: another file)."""
        if self.driver == "sqlite":
            _, mark, query = self.dsn.partition("?")
            return replace(self, dsn=name + mark + query, host="", path=name)
        if self.is_socket:
            others = tuple(pair for pair in self.query if pair[0] != "database")
            return replace(self, query=(*others, ("database", name)))
        return replace(self, path=f"/{name}", query=tuple(pair for pair in self.query if pair[0] != "dbname"))

    def as_json(self) -> dict[str, object]:
        """The object that Go's ``url.URL`` encodes to, fields in its order, and ``Schema``; no password."""
        return {
            "Scheme": self.scheme,
            "Opaque": "",
            "User": {} if self.user or self.password else None,
            "Host": self._address(),
            "Path": self.path,
            "Fragment": "",
            "RawQuery": self._redacted_query(),
            "RawPath": "",
            "RawFragment": "",
            "ForceQuery": False,
            "OmitHost": False,
            "Schema": self.schema,
        }

    def __str__(self) -> str:
        query = self._redacted_query()
        tail = f"?{query}" if query else ""
        if self.driver == "sqlite":
            return f"{self.scheme}://{self.database}{tail}"
        userinfo = escape(self.user, Part.USER) + (f":{REDACTED}" if self.password else "")
        at = "@" if userinfo else ""
        host = escape(self._address(), Part.HOST)
        return f"{self.scheme}://{userinfo}{at}{host}{escape(self.path, Part.PATH)}{tail}"

    def __repr__(self) -> str:
        return f"DatabaseURL({str(self)!r})"

    def _address(self) -> str:
        if self.driver == "sqlite":
            return self.dsn.partition("?")[0].partition("/")[0]
        host = f"[{self.host}]" if ":" in self.host and "," not in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    def _redacted_query(self) -> str:
        pairs = ((key, REDACTED if _is_secret(key) else value) for key, value in self.query)
        return "&".join(f"{escape(key, Part.QUERY)}={escape(value, Part.QUERY)}" for key, value in pairs)


def connection_text(url: DatabaseURL) -> str:
    """The URL with its password, for a program that is to connect; for no message, log or report."""
    if url.driver == "sqlite":
        return f"{url.scheme}://{url.dsn}"
    userinfo = escape(url.user, Part.USER) + (f":{escape(url.password, Part.USER)}" if url.password else "")
    at = "@" if userinfo else ""
    host = f"[{url.host}]" if ":" in url.host and "," not in url.host else escape(url.host, Part.HOST)
    port = "" if url.port is None else f":{url.port}"
    query = "&".join(f"{escape(key, Part.QUERY)}={escape(value, Part.QUERY)}" for key, value in url.query)
    tail = f"?{query}" if query else ""
    return f"{url.scheme}://{userinfo}{at}{host}{port}{escape(url.path, Part.PATH)}{tail}"


def parse_database_url(text: str) -> DatabaseURL:
    """Read a URL as Go's tools read it.

    Raises:
        SpecError: It does not parse, or its scheme is unknown. The text is never echoed.
        Unsupported: Its scheme is one of Atlas that this version does not serve.
    """
    scheme = scheme_of(text)
    _check_scheme(scheme)
    is_file = _DRIVERS[scheme] == "sqlite"
    parts = split_url(text, may_hold_password=not is_file)
    return DatabaseURL(
        scheme=scheme,
        user=parts.user,
        password=parts.password,
        host=parts.host,
        port=parts.port,
        path=parts.path,
        query=parts.query,
        dsn=parts.rest if is_file else "",
    )


def from_parts(
    scheme: str,
    *,
    user: str = "",
    password: str = "",
    host: str = "",
    port: int | None = None,
    database: str = "",
    parameters: Mapping[str, str] | None = None,
) -> DatabaseURL:
    """Build a URL of values that are written plainly, as ``spec.credentials`` has them; nothing is decoded.

    For SQLite the file is ``host`` and ``database`` joined by a ``/``, as upstream joins them.

    Raises:
        SpecError: The scheme is unknown.
        Unsupported: The scheme is one of Atlas that this version does not serve.
    """
    _check_scheme(scheme)
    pairs = tuple((parameters or {}).items())
    query = "&".join(f"{escape(key, Part.QUERY)}={escape(value, Part.QUERY)}" for key, value in pairs)
    file = "/".join(part for part in (host, database) if part) + (f"?{query}" if query else "")
    is_file = _DRIVERS[scheme] == "sqlite"
    is_socket = scheme.endswith("+unix")
    return DatabaseURL(
        scheme=scheme,
        user=user,
        password=password,
        host="" if is_socket else host.removeprefix("[").removesuffix("]"),
        port=port,
        path=host if is_socket else (f"/{database}" if database else ""),
        query=(*pairs, ("database", database)) if is_socket and database else pairs,
        dsn=file if is_file else "",
    )


def _check_scheme(scheme: str) -> None:
    if scheme in _DRIVERS:
        return
    if scheme.partition("+")[0] in _UNSERVED:
        raise Unsupported(
            f'databases of scheme "{scheme}" are not served by this version: '
            "expected postgres, mysql, mariadb or sqlite"
        )
    raise SpecError(
        f'sql/sqlclient: unknown driver "{scheme}". {HELP} - expected postgres, mysql, mariadb or sqlite'
    )


def _is_secret(key: str) -> bool:
    return any(word in key.lower() for word in _SECRET_WORDS)
