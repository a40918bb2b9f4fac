"""Values that are known to be secret, in every spelling that a text can have of them."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from atlas.engine.database_url import REDACTED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SHORTEST_SECRET = 3
"""A shorter value would blank out words that have nothing to do with it, and guards nothing."""
_SHORTEST_ENCODED = 6
"""Of fewer letters the base64 form is short enough to be met by chance."""
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
    values = re.compile("|".join(map(_spelled, longest_first)))

    def replaced(text: str) -> str:
        return values.sub(REDACTED, text)

    return replaced


def _unchanged(text: str) -> str:
    return text


def _spelled(secret: str) -> str:
    plain = "".join(letter if letter.isalnum() and letter.isascii() else _sign(letter) for letter in secret)
    if len(secret) < _SHORTEST_ENCODED:
        return plain
    encoded = b64encode(secret.encode(errors="surrogatepass")).decode().rstrip("=")
    return f"{plain}|{re.escape(encoded)}={{0,2}}"


def _sign(letter: str) -> str:
    encoded = "".join(f"%{byte:02X}" for byte in letter.encode(errors="surrogatepass"))
    forms = {
        "'": ["''", r"\\+'"],
        '"': ['""', r"\\+\""],
        "\\": [r"\\\\"],
        " ": [r"\+"],
        "\n": [r"\\+n"],
        "\t": [r"\\+t"],
        "\r": [r"\\+r"],
    }.get(letter, [])
    if ord(letter) < _PLANE:
        forms = [*forms, rf"(?i:\\+u{ord(letter):04x})"]
    if ord(letter) >= _ASCII:
        forms = [*forms, rf"(?i:\\+x{ord(letter):02x})"]
    return f"(?:{'|'.join([*forms, f'(?i:{encoded})', re.escape(letter)])})"
