"""Values that are known to be secret, in every spelling that a text can have of them."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

from atlas.engine.database_url import REDACTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SHORTEST_SECRET = 3
"""A shorter value would blank out words that have nothing to do with it, and guards nothing."""
_SHORTEST_ENCODED = 6
"""Of fewer letters the base64 form is short enough to be met by chance."""
_LONGEST_SPELLED = 16_384
"""A key in PEM is far shorter; a pattern of every spelling of more takes seconds to be made."""
_MANY_SIGNS = 8
_AMBIGUOUS = frozenset("'\"\\")
"""Signs that are written once or twice: with many of them there would be too many ways to read a text that is not it."""
_ASCII = 0x80
_PLANE = 0x10000


def replacer(secrets: Iterable[str]) -> Callable[[str], str]:
    """A function that puts ``xxxxx`` in the place of these values.

    Found are a value as written, percent-encoded or escaped in a quoted text, in any mixture, and its base64 form.
    """
    known = {secret for secret in secrets if len(secret) >= _SHORTEST_SECRET}
    if not known:
        return _unchanged
    longest_first = sorted(known, key=lambda secret: (-len(secret), secret))
    huge = [
        spelling for secret in longest_first if len(secret) > _LONGEST_SPELLED for spelling in _whole(secret)
    ]
    values = re.compile(
        "|".join(_spelled(secret) for secret in longest_first if len(secret) <= _LONGEST_SPELLED)
    )

    def replaced(text: str) -> str:
        for spelling in huge:
            text = text.replace(spelling, REDACTED)
        return values.sub(REDACTED, text) if values.pattern else text

    return replaced


def _unchanged(text: str) -> str:
    return text


def _spelled(secret: str) -> str:
    if sum(letter in _AMBIGUOUS for letter in secret) > _MANY_SIGNS:
        return "|".join(map(re.escape, _whole(secret)))
    plain = "".join(letter if letter.isalnum() and letter.isascii() else _sign(letter) for letter in secret)
    if len(secret) < _SHORTEST_ENCODED:
        return plain
    encoded = b64encode(secret.encode(errors="surrogatepass")).decode().rstrip("=")
    return f"{plain}|{re.escape(encoded)}={{0,2}}"


def _whole(secret: str) -> list[str]:
    """A value as each notation writes all of it, the longest first."""
    escaped = secret.replace("\\", "\\\\")
    spellings = {
        secret,
        secret.replace("'", "''"),
        secret.replace('"', '""'),
        escaped,
        escaped.replace("'", "\\'"),
        escaped.replace("'", "''"),
        escaped.replace('"', '\\"'),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        quote(secret, safe="", errors="surrogatepass"),
        b64encode(secret.encode(errors="surrogatepass")).decode().rstrip("="),
    }
    return sorted(spellings, key=lambda spelling: (-len(spelling), spelling))


def _sign(letter: str) -> str:
    encoded = "".join(f"%{byte:02X}" for byte in letter.encode(errors="surrogatepass"))
    forms = {
        "'": ["''", r"\\{1,31}'"],
        '"': ['""', r"\\{1,31}\""],
        "\\": [r"\\\\"],
        " ": [r"\+"],
        "\n": [r"\\{1,31}n"],
        "\t": [r"\\{1,31}t"],
        "\r": [r"\\{1,31}r"],
    }.get(letter, [])
    if ord(letter) < _PLANE:
        forms = [*forms, rf"(?i:\\{{1,31}}u{ord(letter):04x})"]
    if ord(letter) >= _ASCII:
        forms = [*forms, rf"(?i:\\{{1,31}}x{ord(letter):02x})"]
    return f"(?:{'|'.join([*forms, f'(?i:{encoded})', re.escape(letter)])})"
