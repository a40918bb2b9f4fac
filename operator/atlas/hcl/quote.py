"""Texts as HCL writes them."""

from __future__ import annotations

import re

_PLAIN = re.compile(r'[^\\"\x00-\x1f\x7f$%]*\Z')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]|[$%]+\{')
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


def quote(text: str) -> str:
    """``text`` as a quoted string without interpolation."""
    if _PLAIN.match(text):
        return f'"{text}"'
    return f'"{_SPECIAL.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    if len(sign) > 1:
        # Parsers do not agree on what "$$${" says: signs before the one that is doubled are written as numbers.
        return "".join(f"\\u{ord(each):04x}" for each in sign[:-2]) + sign[-2] + sign[-2:]
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04x}"


def is_identifier(text: str) -> bool:
    """Whether a name can stand behind a dot. Letters of other scripts are written as an index."""
    return _IDENTIFIER.match(text) is not None
