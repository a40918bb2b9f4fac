"""A database URL in the words of libpq. No connection is opened here.

Users write URLs for lib/pq, where every key that is not its own becomes a server setting. libpq refuses
those, so they travel in ``options`` as ``-c key=value``, and the server decides about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unsupported

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL

CONNECT_TIMEOUT_S = 5

_LIBPQ_KEYS = frozenset(
    (
        *("host", "hostaddr", "port", "dbname", "user", "password", "passfile", "service"),
        *("application_name", "fallback_application_name", "connect_timeout", "client_encoding"),
        *("keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"),
        *("sslmode", "sslnegotiation", "sslcert", "sslkey", "sslrootcert", "sslsni", "sslpassword", "sslcrl"),
        *("ssl_min_protocol_version", "ssl_max_protocol_version", "gssencmode", "krbsrvname"),
        *("channel_binding", "require_auth", "target_session_attrs", "load_balance_hosts"),
        *("min_protocol_version", "max_protocol_version"),
    )
)
_DROPPED_KEYS = frozenset(
    (*("binary_parameters", "disable_prepared_binary_result", "krbspn", "sslinline", "options"),)
)
_SETTING_NAMES = {"tz": "timezone"}
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-full", "verify-ca")


def connection_arguments(url: DatabaseURL) -> dict[str, str]:
    """Keyword arguments for ``psycopg.connect``; keys that libpq does not know are in ``options``.

    Raises:
        SpecError: ``sslmode`` has no such value.
        Unsupported: Certificates are written into the URL (``sslinline``).
    """
    given = {key: url.parameter(key) for key, _ in url.query}
    _check(given)
    defaults = {
        "connect_timeout": str(CONNECT_TIMEOUT_S),
        "fallback_application_name": "atlas",
        "client_encoding": "UTF8",
        "keepalives": "1",
        "keepalives_idle": "30",
        "keepalives_interval": "10",
        "keepalives_count": "3",
    }
    own = {key: value for key, value in given.items() if key in _LIBPQ_KEYS}
    return {**defaults, **_address(url), **own, **_options(given)}


def _check(given: dict[str, str]) -> None:
    mode = given.get("sslmode", "disable")
    if mode not in _SSL_MODES:
        raise SpecError(
            f'pq: wrong value for "sslmode": "{mode}" is not supported; '
            f"supported values are {', '.join(_SSL_MODES[:-1])}, or {_SSL_MODES[-1]}"
        )
    if given.get("sslinline", "").lower() in {"1", "t", "true"}:
        raise Unsupported(
            "sslinline: certificates are read from files; give their paths in sslcert and sslkey"
        )
    if given.get("client_encoding", "UTF8").upper().replace("-", "") not in {"UTF8", "'UTF8'"}:
        raise SpecError("pq: client_encoding must be absent or 'UTF8'")


def _address(url: DatabaseURL) -> dict[str, str]:
    hosts, ports = _hosts(url)
    parts = {
        "host": hosts or _default_host(),
        "port": ports,
        "dbname": url.path.removeprefix("/"),
        "user": url.user,
        "password": url.password,
    }
    return {key: value for key, value in parts.items() if value}


def _hosts(url: DatabaseURL) -> tuple[str, str]:
    """``h1:1,h2:2`` is one list of hosts and one of ports for libpq."""
    if "," not in url.host:
        return url.host, "" if url.port is None else str(url.port)
    pairs = [address.partition(":") for address in url.host.split(",")]
    ports = [port for _, _, port in pairs]
    if url.port is not None:
        ports[-1] = str(url.port)
    return ",".join(host for host, _, _ in pairs), ",".join(ports)


def _default_host() -> str:
    """PGHOST, when the environment has it; else localhost over TCP, where libpq would try a socket."""
    from psycopg.pq import Conninfo

    from_environment = any(option.keyword == b"host" and option.val for option in Conninfo.get_defaults())
    return "" if from_environment else "localhost"


def _options(given: dict[str, str]) -> dict[str, str]:
    settings = [
        f"-c {_SETTING_NAMES.get(key, key)}={_escaped(_setting(key, value))}"
        for key, value in given.items()
        if key not in _LIBPQ_KEYS and key not in _DROPPED_KEYS
    ]
    options = " ".join(filter(None, (given.get("options", ""), *settings)))
    return {"options": options} if options else {}


def _setting(key: str, value: str) -> str:
    # NB: the schema of a URL is one bare name, taken literally; quoting keeps its commas and capitals.
    if key == "search_path" and value:
        quoted = value.replace('"', '""')
        return f'"{quoted}"'
    return value


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")
