"""How a URL is cut into its parts: the rules of Go's ``net/url``, so that a URL means here what it means there.

No knowledge of what a database makes of the parts. An error names the rule that was broken and quotes a
piece of the text only where no password can stand: an unescaped ``/``, ``#`` or ``?`` of a password moves
its other half into the port, the path or the query.
"""

from __future__ import annotations

import re

from atlas.engine.database_url.escape import Part, check_host, unescape
from atlas.errors import SpecError
from atlas.record import dataclass, field

HELP = "See: https://atlasgo.io/url"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+\-.]*)://")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_USERINFO = re.compile(r"[A-Za-z0-9\-._:~!$&'()*+,;=%@]*")
_PORT = re.compile(r":[0-9]*")
_HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class URLParts:
    """A URL in pieces, decoded.

    Attributes:
        rest: Everything after ``scheme://``, as written.
        host: Without the brackets of an IPv6 address.
        query: Pairs in the order of writing; a key may repeat.
    """

    scheme: str
    rest: str = field(repr=False)
    user: str
    password: str = field(repr=False)
    host: str
    port: int | None
    path: str
    query: tuple[tuple[str, str], ...] = field(repr=False)


def scheme_of(text: str) -> str:
    """The scheme in lower case.

    Raises:
        SpecError: There is none, or the text holds a control character (often a trailing line break).
    """
    found = _SCHEME.match(text)
    if found is None:
        raise SpecError(
            f"missing scheme. {HELP} - expected one such as sqlite://app.db or postgres://user@host:5432/database"
        )
    if _CONTROL.search(text):
        raise SpecError(
            "net/url: invalid control character in URL: take the line break or tab out, in atlas.hcl as trimspace(…)"
        )
    return found.group(1).lower()


def split_url(text: str, *, may_hold_password: bool) -> URLParts:
    """Cut a URL.

    Args:
        text: The URL as a person wrote it.
        may_hold_password: Whether this kind of URL can carry one. If so, an ``@`` after the host is refused:
            it is the second half of a password that was not percent-encoded.

    Raises:
        SpecError: A rule is broken; the message never holds what may be a password.
    """
    scheme = scheme_of(text)
    rest = text.split("://", 1)[1]
    body, _, fragment = rest.partition("#")
    before, _, query = body.partition("?")
    authority, slash, path = before.partition("/")
    userinfo, at, address = authority.rpartition("@")
    strays = may_hold_password and ("@" in path or "@" in fragment or _has_at_in_key(query))
    host, port = _host(
        address, shown=not strays, port_shown=not may_hold_password or (bool(at) and not strays)
    )
    user, password = _user(userinfo)
    if strays:
        raise SpecError(_stray_at())
    return URLParts(
        scheme=scheme,
        rest=rest,
        user=user,
        password=password,
        host=host,
        port=port,
        path=unescape(slash + path, Part.PATH, shown=True),
        query=_query(query),
    )


def _stray_at() -> str:
    return (
        "unexpected '@' after the host: percent-encode the signs of a password that have a meaning in a URL "
        f"('/' is %2F, '#' is %23, '?' is %3F, '%' is %25, '@' is %40). {HELP}"
    )


def _has_at_in_key(query: str) -> bool:
    return any("@" in pair.partition("=")[0] for pair in query.split("&"))


def _user(userinfo: str) -> tuple[str, str]:
    if not _USERINFO.fullmatch(userinfo):
        raise SpecError(
            "net/url: invalid userinfo: percent-encode spaces and signs of the user name and password (a space is %20)"
        )
    user, _, password = userinfo.partition(":")
    return unescape(user, Part.USER, shown=False), unescape(password, Part.USER, shown=False)


def _host(address: str, *, shown: bool, port_shown: bool) -> tuple[str, int | None]:
    if address.startswith("["):
        return _bracketed(address)
    name, colon, digits = address.rpartition(":")
    if not colon:
        name, digits = digits, ""
    port = _port(colon + digits, shown=port_shown)
    if shown:
        check_host(name)
    return unescape(name, Part.HOST, shown=shown), port


def _bracketed(address: str) -> tuple[str, int | None]:
    inner, bracket, after = address[1:].rpartition("]")
    if not bracket:
        raise SpecError("missing ']' in host")
    return inner.replace("%25", "%", 1), _port(after, shown=False)


def _port(text: str, *, shown: bool) -> int | None:
    if text in {"", ":"}:
        return None
    if not _PORT.fullmatch(text):
        raise SpecError(f'invalid port "{text}" after host' if shown else _masked_port())
    if len(text) > len(":65535") or int(text[1:]) > _HIGHEST_PORT:
        raise SpecError(f"invalid port after host: expected a number up to {_HIGHEST_PORT}")
    return int(text[1:])


def _masked_port() -> str:
    return (
        'invalid port ":xxxxx" after host: expected a number; if this is a part of a password, '
        "percent-encode its '/', '#', '?', '%' and '@'"
    )


def _query(text: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for pair in text.split("&"):
        if ";" in pair:
            raise SpecError("invalid semicolon separator in query")
        key, _, value = pair.partition("=")
        if pair:
            pairs.append((unescape(key, Part.QUERY, shown=True), unescape(value, Part.QUERY, shown=False)))
    return tuple(pairs)
