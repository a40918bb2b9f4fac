"""Which database a resource means, and which databases no resource may mean. Nothing is opened here."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from atlas.engine.database_url import from_parts, parse_database_url
from atlas.errors import SpecError
from atlas.reconcile.addresses import check_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.database_url import DatabaseURL
    from atlas.reconcile.ports import TargetRules
    from atlas.reconcile.references import SecretKey
    from atlas.reconcile.spec import Credentials, TargetSpec

    ReadSecret = Callable[[SecretKey], str]


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
    if url.is_socket or url.host.startswith("/") or url.parameter("host").startswith("/"):
        if rules.folders is not None:
            raise SpecError("unix sockets are refused in a cluster: name the database by host and port")
        return
    for host in (url.host, url.parameter("host"), url.parameter("hostaddr")):
        for one in host.split(","):
            check_address(one)


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


def _check_file(url: DatabaseURL, rules: TargetRules) -> None:
    if rules.folders is None or is_in_memory(url):
        return
    path = posixpath.normpath(url.database.removeprefix("file:"))
    for folder in rules.folders:
        if path.startswith(posixpath.normpath(folder).rstrip("/") + "/"):
            return
    allowed = ", ".join(rules.folders) or "none"
    raise SpecError(
        f'the file "{path}" is outside the folders that this operator allows ({allowed}): see --allow-path'
    )
