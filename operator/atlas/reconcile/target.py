"""Which database a resource means, and which databases no resource may mean. Nothing is opened here."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from atlas.engine.database_url import from_parts, parse_database_url
from atlas.errors import SpecError
from atlas.reconcile.addresses import check_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from atlas.engine.database_url import DatabaseURL
    from atlas.reconcile.ports import TargetRules
    from atlas.reconcile.references import SecretKey
    from atlas.reconcile.spec import Credentials, TargetSpec

    ReadSecret = Callable[[SecretKey], str]

FILE_KEYS: Final = ("sslcert", "sslkey", "sslrootcert", "sslcrl", "passfile", "service")
"""Keys of libpq that name files, ``service`` an entry of one."""
SYSTEM_TRUST: Final = ("sslrootcert", "system")
"""Key and word for the trust store of the system, which is no file of anybody."""


def target_url(spec: TargetSpec, read_secret: ReadSecret) -> DatabaseURL:
    """The target: ``urlFrom``, else ``url``, else ``credentials`` with a host.

    Raises:
        SpecError: None is given, one does not parse, or a Secret it names is missing.
        Unsupported: A database of another kind than this version serves.
    """
    if spec.url_from:
        # A Secret made with `echo` ends in a line break, which no URL may hold.
        return parse_database_url(read_secret(spec.url_from).rstrip("\r\n"))
    if spec.url:
        return parse_database_url(spec.url)
    if spec.credentials:
        host = (
            read_secret(spec.credentials.host_from) if spec.credentials.host_from else spec.credentials.host
        )
        if host:
            return _from_credentials(spec.credentials, host, read_secret)
    raise SpecError("no target database defined")


def check_target(url: DatabaseURL, rules: TargetRules) -> None:
    """Refuse what a manifest must not reach: files outside the allowed folders, link-local addresses.

    Raises:
        SpecError: The target is refused; the message says what is allowed.
    """
    if url.driver == "sqlite":
        _check_file(url, rules)
        return
    hosts = [
        _without_port(one)
        for text in (url.host, url.parameter("host"), url.parameter("hostaddr"))
        for one in text.split(",")
    ]
    # "@" begins the name of a socket that is no file, see libpq.
    if rules.folders is not None and (url.is_socket or any(one.startswith(("/", "@")) for one in hosts)):
        raise SpecError("unix sockets are refused in a cluster: name the database by host and port")
    for host in hosts:
        check_address(host)
    for key in FILE_KEYS:
        _check_file_key(key, url.parameter(key), rules)


def _from_credentials(credentials: Credentials, host: str, read_secret: ReadSecret) -> DatabaseURL:
    user, password = credentials.user_from, credentials.password_from
    return from_parts(
        credentials.scheme,
        user=read_secret(user) if user else credentials.user,
        password=read_secret(password) if password else credentials.password,
        host=host,
        port=credentials.port or None,
        database=credentials.database,
        parameters=credentials.parameters,
    )


def is_in_memory(url: DatabaseURL) -> bool:
    """An SQLite database without a file."""
    return url.driver == "sqlite" and (
        url.parameter("mode") == "memory" or url.database in (":memory:", "file::memory:")
    )


def _without_port(host: str) -> str:
    """Of ``host:port``, as each of several hosts is written; an IPv6 address without brackets has more colons."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and (":" not in name or name.endswith("]")) else host


def _check_file_key(key: str, value: str, rules: TargetRules) -> None:
    """NB: a file of the operator's pod may be the certificate or password of somebody else."""
    if not value or rules.folders is None or (key, value) == SYSTEM_TRUST:
        return
    path = posixpath.normpath(value)
    if key != "service" and any(_is_below(path, folder) for folder in rules.folders):
        return
    raise SpecError(
        f'the key "{key}" of the database URL names a file of the operator\'s pod outside the folders that it allows '
        f"({', '.join(rules.folders) or 'none'}): see --allow-path"
    )


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(posixpath.normpath(folder).rstrip("/") + "/")


def _check_file(url: DatabaseURL, rules: TargetRules) -> None:
    if rules.folders is None or is_in_memory(url):
        return
    path = posixpath.normpath(url.database.removeprefix("file:"))
    if any(_is_below(path, folder) for folder in rules.folders):
        return
    allowed = ", ".join(rules.folders) or "none"
    if not path.startswith("/"):
        meant = [f": sqlite://{whole}" for whole in _meant(path, rules.folders)]
        raise SpecError(
            f'the file "{path}" is relative; an operator takes absolute paths, below a folder of --allow-path ({allowed})'
            f"{''.join(meant[:1])}"
        )
    raise SpecError(
        f'the file "{path}" is outside the folders that this operator allows ({allowed}): see --allow-path'
    )


def _meant(path: str, folders: Iterable[str]) -> Iterable[str]:
    """What a relative path may stand for; one that climbs out of every folder stands for nothing."""
    for folder in folders:
        whole = posixpath.normpath(posixpath.join(folder, path))
        if _is_below(whole, folder):
            yield whole
