"""Directory URLs: ``file://path[?format=…]``, ``mem://name`` and ``atlas://slug[?version=…|?tag=…]``. Parsed only.

A path may be that of an archive, as its name says; whether a folder has this name is for who looks at the disk.
"""

from __future__ import annotations

import posixpath
import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from atlas.engine.scan.quote import quote
from atlas.errors import DirectoryError, Unsupported
from atlas.record import dataclass

DEFAULT_PATH: Final = "migrations"
_SCHEMES: Final = ("file", "mem", "atlas")
ATLAS_FORMAT: Final = "atlas"
_FORMATS: Final = (ATLAS_FORMAT, "golang-migrate", "goose", "flyway", "liquibase", "dbmate")
ARCHIVE_SUFFIXES: Final = (".tar.gz", ".tgz", ".tar")
_KEYS: Final = ("format", "version")
_BAD_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2}).{0,2}")


@dataclass(frozen=True, slots=True)
class DirectoryURL:
    """``path`` is a folder, a name in memory or a repository's slug; ``query`` is in the order written."""

    scheme: str
    path: str
    query: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str:
        """Return the first value of a query parameter, ``""`` without one."""
        return next((value for key, value in self.query if key == name), "")

    @property
    def format(self) -> str:
        """The tool whose files these are, ``atlas`` without one; reading them as others would run what must not run."""
        return self.parameter("format") or ATLAS_FORMAT


def parse_directory_url(text: str) -> DirectoryURL:
    """Read a directory URL; a ``file://`` without a path means ``migrations``.

    Raises:
        DirectoryError: no scheme, a scheme that holds no directories, an unknown key or format, or a broken escape.
        Unsupported: a directory of a registry in the format of another tool.
    """
    broken = _BAD_ESCAPE.search(text.partition("?")[0])
    if broken:
        raise DirectoryError(f"parse {quote(text)}: invalid URL escape {quote(broken[0])}")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise DirectoryError(f"parse {quote(text)}: {error}") from error
    path = unquote(parts.path)
    if not parts.scheme:
        raise DirectoryError(f"missing scheme for dir url. Did you mean {quote('file://' + path)}? ")
    if parts.scheme not in _SCHEMES:
        raise DirectoryError(f"unsupported driver {quote(parts.scheme)}")
    joined = _joined(unquote(parts.netloc), path)
    query = tuple(parse_qsl(parts.query, keep_blank_values=True))
    url = DirectoryURL(parts.scheme, joined or (DEFAULT_PATH if parts.scheme == "file" else ""), query)
    _check_keys(url)
    check_format(url.scheme, text, url.format)
    return url


def _check_keys(url: DirectoryURL) -> None:
    """NB: those of a registry are checked where its references are read."""
    unknown = next((key for key, _ in url.query if key not in _KEYS), None)
    if url.scheme != "atlas" and unknown is not None:
        raise DirectoryError(
            f"unknown key {quote(unknown)} of {url.scheme}://{url.path}: expected ?format= or ?version="
        )


def _joined(host: str, path: str) -> str:
    if not host and not path:
        return ""
    joined = posixpath.normpath(f"{host}/{path}" if host else path)
    return "/" + joined.lstrip("/") if joined.startswith("/") else joined


def check_format(scheme: str, url: str, tool: str) -> None:
    """Refuse files of a tool that nobody knows, or of another than atlas in a registry.

    Raises:
        DirectoryError: there is no such tool.
        Unsupported: the directory is one of a registry.
    """
    if tool not in _FORMATS:
        raise DirectoryError(f"unknown dir format {quote(tool)}")
    if scheme == "atlas" and tool != ATLAS_FORMAT:
        raise Unsupported(
            f"the format {quote(tool)} of {url.partition('?')[0]} is not supported: a registry holds files of atlas, "
            "whatever they were pushed from; leave the format out"
        )
