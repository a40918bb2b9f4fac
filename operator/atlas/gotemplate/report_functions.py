"""The functions that reports add to Go's own: JSON, case, colours.

Functions that need the objects of a report (``sql``, ``mermaid``) or a clock come from the caller. Whoever calls
them checks arguments against the annotations, as Go does (``signatures``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.gotemplate.encode_json import encode_json
from atlas.gotemplate.values import FunctionError, GoMap, type_name

if TYPE_CHECKING:
    from collections.abc import Callable

_RESET: Final = "\x1b[0m"


def json(value: object, *spacing: str) -> str:
    """``json x`` is compact, ``json x INDENT`` and ``json x PREFIX INDENT`` are not."""
    *prefix, indent = spacing[:2] or ("",)
    return encode_json(value, prefix="".join(prefix), indent=indent)


def json_merge(*documents: str) -> str:
    """Objects merged on their top level, the last one wins; keys come out sorted, as from a Go map."""
    from json import loads

    merged: GoMap[object] = GoMap()
    for document in documents:
        try:
            decoded = loads(document, object_hook=GoMap)
        except ValueError as error:
            message = f"json_merge: {error}"
            raise FunctionError(message) from error
        if not isinstance(decoded, dict):
            message = f"json_merge: expected an object, got {type_name(decoded)}"
            raise FunctionError(message)
        merged.update(decoded)
    return encode_json(merged)


def base64url(text: str) -> str:
    """``text`` in URL-safe base64, with padding."""
    from base64 import urlsafe_b64encode

    return urlsafe_b64encode(text.encode("utf-8", "surrogateescape")).decode()


def upper(text: str) -> str:
    """``text`` in capitals."""
    return text.upper()


def lower(text: str) -> str:
    """``text`` in small letters."""
    return text.lower()


def add(first: int, second: int) -> int:
    """The sum of two integers."""
    return first + second


def indent_ln(text: str, spaces: int) -> str:
    """``text`` with every line after the first indented."""
    return text.replace("\n", "\n" + " " * spaces)


def uncoloured(text: str, *values: object) -> str:
    """What a colour function is where nothing may be coloured: the text, a format when values follow."""
    from atlas.gotemplate.printf import sprintf

    return sprintf(text, values) if values else text


def _colour(codes: str) -> Callable[..., str]:
    def coloured(text: str, *values: object) -> str:
        return f"\x1b[{codes}m{uncoloured(text, *values)}{_RESET}"

    return coloured


_COLOUR_CODES: Final = {
    "cyan": "36",
    "green": "92",
    "red": "31",
    "redf": "31",
    "redBgWhiteFg": "97;101",
    "yellow": "33",
}
COLOURS: Final[dict[str, Callable[..., object]]] = {
    name: _colour(codes) for name, codes in _COLOUR_CODES.items()
}
"""Pass as ``functions`` where the output is a terminal."""
REPORT_FUNCTIONS: Final[dict[str, Callable[..., object]]] = {
    "add": add,
    "base64url": base64url,
    "indent_ln": indent_ln,
    "json": json,
    "json_merge": json_merge,
    "lower": lower,
    "upper": upper,
    **dict.fromkeys(_COLOUR_CODES, uncoloured),
}
