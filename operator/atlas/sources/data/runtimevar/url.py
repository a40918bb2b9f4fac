"""URLs of ``runtimevar`` as Go's tools read them, and the keys that every store has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from atlas.errors import SpecError, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.project.data import SourceCall

DEFAULT_TIMEOUT_S: Final = 10.0
_UNITS_S: Final = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(ns|us|µs|ms|s|m|h)")


@dataclass(frozen=True, slots=True)
class VariableURL:
    """Where a value is. ``str`` has neither user nor query, which may hold secrets.

    ``query`` is without ``decoder``, ``timeout`` and ``wait``; of a key that repeats the first value counts.
    """

    scheme: str
    host: str
    path: str
    timeout_s: float = DEFAULT_TIMEOUT_S
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """What a store calls the value: host and path."""
        return f"{self.host}{self.path}"

    def parameter(self, key: str) -> str:
        return next((value for name, value in self.query if name == key), "")

    def refuse_others(self, known: Iterable[str]) -> None:
        """Raise ``SpecError`` for a key that the store does not know, by its name."""
        known = sorted({*known, "decoder", "timeout"})
        for key, _ in self.query:
            if key not in known:
                raise SpecError(
                    f'{self}: unknown query parameter "{key}": expected one of {", ".join(known)}'
                )

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


def read_url(call: SourceCall) -> VariableURL:
    """The URL of a block, with its attributes ``timeout`` and ``decoder``, which win over those of the URL.

    Raises:
        SpecError: It has no scheme, or a timeout that is none. The text is never echoed.
        Unsupported: Another decoder than that of strings.
    """
    text = call.block.text("url")
    try:
        parts = urlsplit(text)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        raise SpecError('"url" does not parse: expected scheme://name, as constant://?val=…') from None
    if not parts.scheme or "://" not in text:
        raise SpecError(
            '"url" has no scheme: expected scheme://name, as awssecretsmanager://name?region=us-east-1'
        )
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    given = dict(reversed(pairs))
    decoder = call.block.text("decoder") or given.get("decoder", "")
    if decoder not in ("", "string"):
        raise Unsupported(f'unsupported decoder: "{decoder}": expected decoder=string')
    timeout = call.block.text("timeout") or given.get("timeout", "")
    if given.get("wait"):
        _seconds(given["wait"], "wait")  # how often Go's tools would look again; we look once
    url = VariableURL(
        parts.scheme,
        unquote(host),
        unquote(parts.path),
        _seconds(timeout, "timeout") if timeout else DEFAULT_TIMEOUT_S,
        tuple((key, value) for key, value in pairs if key not in ("decoder", "timeout", "wait")),
    )
    return replace(url, text=text)


def _seconds(text: str, name: str) -> float:
    parts = _DURATION.findall(text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise SpecError(f'{name}: invalid duration "{text}": expected one such as 10s or 1m30s')
    return sum(float(number) * _UNITS_S[unit] for number, unit in parts)
