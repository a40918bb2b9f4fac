"""Functions of URLs, with Go's rules of what is escaped where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from atlas.hcl.values import to_text

if TYPE_CHECKING:
    from atlas.hcl.values import Function

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PATH_SIGNS: Final = "$&+,/:;=@"
_USER_SIGNS: Final = "$&+,;="
_AS_WRITTEN: Final = re.compile(r"[A-Za-z0-9._~$&+,/:;=@!'()*\[\]%-]*")
_HOST: Final = re.compile(r"(?:[^\x00-\x20\\^`{|}%]|%[89A-Fa-f][0-9A-Fa-f])*")
_HOST_SIGNS: Final = "!$&'()*+,;=:[]<>\""
_PORT: Final = re.compile(r"(?:[^:]|\[[^\]]*\])*(?::[0-9]*)?")


@dataclass(frozen=True, slots=True)
class Url:
    """A URL in parts; ``user`` is escaped already, ``path`` as it was written where that is a way to write it."""

    scheme: str = ""
    opaque: str = ""
    user: str | None = None
    authority: str | None = None
    path: str = ""
    query: str | None = None
    fragment: str | None = None

    def __str__(self) -> str:
        text = f"{self.scheme}:" if self.scheme else ""
        text += self.opaque or self._behind_scheme()
        text += f"?{self.query}" if self.query is not None else ""
        return text + (f"#{self.fragment}" if self.fragment else "")

    def _behind_scheme(self) -> str:
        """Slashes stand in front of what there is; a path alone must not look like a scheme."""
        path = self.path
        place = (f"{self.user}@" if self.user is not None else "") + (self.authority or "")
        if not place and (self.authority is None or not (self.scheme and path)):
            unclear = not self.scheme and ":" in path.partition("/")[0]
            return f"./{path}" if unclear else path
        return f"//{place}{'/' if path and self.authority and not path.startswith('/') else ''}{path}"


def parse_url(text: str) -> Url:
    """The parts of a URL.

    Raises:
        ValueError: It is none; the message does not hold it, for there may be a password in it.
    """
    if any(sign < " " or sign == "\x7f" for sign in text):
        raise ValueError("this is no URL: it holds a control character")
    rest, _, fragment = text.partition("#")
    scheme, rest = _scheme(rest)
    rest, mark, query = rest.partition("?")
    url = Url(scheme.lower(), query=query if mark else None, fragment=_escaped_fragment(fragment))
    if scheme and rest and not rest.startswith("/"):
        return replace(url, opaque=rest)
    if ":" in rest.partition("/")[0] and not scheme:
        raise ValueError("this is no URL: the first part of its path holds a colon")
    if rest.startswith("//") and (scheme or not rest.startswith("///")):
        authority, slash, path = rest[2:].partition("/")
        user, host = _authority(authority)
        return replace(url, user=user, authority=host, path=_path(slash + path))
    return replace(url, path=_path(rest), authority=None if rest or not scheme else "")


def _scheme(text: str) -> tuple[str, str]:
    before, colon, after = text.partition(":")
    if colon and not before:
        raise ValueError("this is no URL: it has no scheme in front of its colon")
    if colon and _SCHEME.fullmatch(before):
        return before, after
    return "", text


def _authority(text: str) -> tuple[str | None, str]:
    user, at, host = text.rpartition("@")
    if not _HOST.fullmatch(host) or not _PORT.fullmatch(host):
        raise ValueError("this is no URL: its host or port is malformed")
    host = escaped_host(host)
    if not at:
        return None, host
    name, colon, password = user.partition(":")
    if not re.fullmatch(r"[A-Za-z0-9\-._:~!$&'()*+,;=%@]*", user):
        raise ValueError("this is no URL: a sign in its user or password needs escaping, see urlescape()")
    return userinfo(_unescaped(name), _unescaped(password) if colon else None), host


def escaped_host(host: str) -> str:
    """A host, whose letters beyond ASCII are escaped."""
    from urllib.parse import quote, unquote

    return host if host.isascii() else quote(unquote(host), safe=_HOST_SIGNS)


def userinfo(user: str, password: str | None) -> str:
    """A user, and a password where there is one, as they stand in front of the ``@``."""
    from urllib.parse import quote

    name = quote(user, safe=_USER_SIGNS)
    return name if password is None else f"{name}:{quote(password, safe=_USER_SIGNS)}"


def _path(text: str) -> str:
    """A path as it is written, if it may be; else with what must be escaped."""
    plain = _unescaped(text)
    return text if _AS_WRITTEN.fullmatch(text) else escaped_path(plain)


def escaped_path(plain: str) -> str:
    """A path with what must be escaped."""
    from urllib.parse import quote

    return quote(plain, safe=_PATH_SIGNS)


def _escaped_fragment(text: str) -> str:
    from urllib.parse import quote

    plain = _unescaped(text)
    return text if _AS_WRITTEN.fullmatch(text.replace("?", "")) else quote(plain, safe=_PATH_SIGNS + "?!()*")


def _unescaped(text: str) -> str:
    from urllib.parse import unquote

    if _ESCAPE.search(text):
        raise ValueError('this is no URL: a percent sign in it begins no escape, and "%25" stands for one')
    return unquote(text, errors="surrogateescape")


def _urlescape(text: object) -> str:
    """A space becomes a plus sign."""
    from urllib.parse import quote_plus

    return quote_plus(to_text(text))


def _urlqueryset(url: object, key: object, value: object) -> str:
    parts = parse_url(to_text(url))
    pairs = [pair for pair in _pairs(parts.query or "") if pair[0] != to_text(key)]
    pairs.append((to_text(key), to_text(value)))
    pairs.sort(key=lambda pair: pair[0].encode("utf-8", "surrogateescape"))
    return str(replace(parts, query="&".join("=".join(map(_quoted, pair)) for pair in pairs)))


def _quoted(text: str) -> str:
    from urllib.parse import quote_plus

    return quote_plus(text, errors="surrogateescape")


def _pairs(query: str) -> list[tuple[str, str]]:
    """Names and values; what is malformed is left out, as in Go."""
    from urllib.parse import unquote_plus

    written = [part for part in query.split("&") if part and ";" not in part and not _ESCAPE.search(part)]
    split = (part.partition("=") for part in written)
    return [
        (unquote_plus(name, errors="surrogateescape"), unquote_plus(value, errors="surrogateescape"))
        for name, _, value in split
    ]


def _urlsetpath(url: object, path: object) -> str:
    return str(replace(parse_url(to_text(url)), path=escaped_path(to_text(path))))


def _urluserinfo(url: object, user: object, password: object = None) -> str:
    known = None if password is None else to_text(password)
    return str(replace(parse_url(to_text(url)), user=userinfo(to_text(user), known)))


FUNCTIONS: Final[dict[str, Function]] = {
    "urlescape": _urlescape,
    "urlqueryset": _urlqueryset,
    "urlsetpath": _urlsetpath,
    "urluserinfo": _urluserinfo,
}
