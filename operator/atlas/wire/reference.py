"""``atlas://`` addresses: which content of which repository is meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from atlas.errors import SpecError
from atlas.wire.foreign import one_line

LATEST = "latest"

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PLAN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=-]*")
_NAME_LIMIT = 128
_TAG_LIMIT = 255
_TITLE_LIMIT = 128
_JOINERS = "\u200c\u200d"  # Persian, languages of India and many emoji are written with them
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # what moves a cursor, ends a line or turns its direction
_WORDS = re.compile(r"[-_]+|(?<=\bmy)(?=app|db|project|service|shop|store)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A repository's slug and at most one selector; both empty means the latest content."""

    slug: str
    tag: str = ""
    version: str = ""

    def __str__(self) -> str:
        selectors = [("tag", self.tag), ("version", self.version)]
        query = "&".join(f"{key}={quote(value, safe=':')}" for key, value in selectors if value)
        return f"atlas://{self.slug}" + (f"?{query}" if query else "")


def parse_reference(url: str) -> Reference:
    """``atlas://slug``, ``atlas:slug`` or either with ``?tag=T`` or ``?version=V``.

    An empty value, and the tag ``latest``, mean the latest content. Raises ``SpecError`` for another scheme, an
    empty slug, an unknown query key, or a tag together with a version.
    """
    parts = urlsplit(url)
    if parts.scheme != "atlas":
        raise SpecError(f'"{url}" is not an atlas:// address: expected atlas://<name>[?tag=T|?version=V]')
    slug = unquote(parts.netloc + parts.path).strip("/")
    if not slug:
        raise SpecError(f'"{url}" names no repository: expected atlas://<name>[?tag=T|?version=V]')
    selectors = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := selectors.keys() - {"tag", "version"}:
        raise SpecError(f'unknown key "{min(unknown)}" in "{url}": an address takes tag or version')
    tag, version = selectors.get("tag", ""), selectors.get("version", "")
    if tag and version:
        raise SpecError(f'"{url}" has a tag and a version: give one of them')
    return Reference(slug=slug, tag="" if tag == LATEST else tag, version=version)


@dataclass(frozen=True, slots=True)
class PlanReference:
    """The address of a plan: the slug of its schema, and its name."""

    slug: str
    name: str

    def __str__(self) -> str:
        return f"atlas://{self.slug}/plans/{quote(self.name)}"


def parse_plan_reference(url: str) -> PlanReference:
    """``atlas://slug/plans/name``. Raises ``SpecError`` for anything else."""
    parts = urlsplit(url)
    slug, sign, name = unquote(parts.netloc + parts.path).strip("/").rpartition("/plans/")
    if parts.scheme != "atlas" or not sign or not slug or not name or parts.query:
        raise SpecError(f'"{url}" is not the address of a plan: expected atlas://<name>/plans/<plan>')
    return PlanReference(slug=slug, name=name)


def checked_plan_name(name: str) -> str:
    """``name`` if a plan may be called so, else ``SpecError``."""
    if not _PLAN_NAME.fullmatch(name) or len(name) > _NAME_LIMIT:
        raise SpecError(
            f'invalid name of a plan "{one_line(name[:_NAME_LIMIT])}": use at most {_NAME_LIMIT} letters, digits, dots, dashes, '
            "underscores and equals signs, the first one a letter or digit"
        )
    return name


def checked_slug(name: str) -> str:
    """``name`` if a repository may be called so, else ``SpecError``."""
    if not _NAME.fullmatch(name) or len(name) > _NAME_LIMIT:
        raise SpecError(
            f'invalid repository name "{one_line(name[:_NAME_LIMIT])}": use at most {_NAME_LIMIT} '
            "letters, digits, dashes and underscores"
        )
    return name


def checked_tag(tag: str) -> str:
    """``tag`` if it may name a version, else ``SpecError``."""
    return _checked_line("tag", tag, _TAG_LIMIT)


def checked_version(name: str) -> str:
    """``name`` if a version of a schema may be called so, else ``SpecError``."""
    return _checked_line("version", name, _TAG_LIMIT)


def checked_title(title: str) -> str:
    """``title`` if a repository may have it, else ``SpecError``."""
    if not is_title(title):
        raise SpecError(f"invalid title {title[:40]!r}: use at most {_TITLE_LIMIT} printable characters")
    return title


def is_title(text: str) -> bool:
    """Whether a repository may have this title: one line of any language, also of letters younger than Python's tables."""
    return len(text) <= _TITLE_LIMIT and all(
        sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN for sign in text
    )


def _checked_line(kind: str, text: str, most: int) -> str:
    if not text.isprintable() or len(text) > most:
        raise SpecError(f"invalid {kind} {text[:40]!r}: use at most {most} printable characters")
    return text


def title_of(slug: str) -> str:
    """The title of a repository that was given none: its name in title case, ``my-app`` → ``My App``.

    Names of examples are read as the two words they are: ``myapp`` → ``My App``, as clients document it.
    """
    return " ".join(word[:1].upper() + word[1:] for word in _WORDS.split(slug) if word)
