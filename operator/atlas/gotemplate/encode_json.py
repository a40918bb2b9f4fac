"""Values as JSON, byte for byte as Go's encoding/json writes them (Go 1.26).

Struct fields keep their order, map keys are sorted, ``<``, ``>`` and ``&`` are escaped, times are RFC 3339.
Leaving out empty fields is the business of whoever makes the document.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from atlas.gotemplate.floats import shortest
from atlas.gotemplate.formatting import has_own_text, is_moment, struct_fields
from atlas.gotemplate.values import NO_VALUE, FunctionError, is_map, sorted_items

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_LARGE_EXPONENT: Final = 21
_SMALL_EXPONENT: Final = -6
_SHORT_ESCAPES: Final = {
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    ord("\b"): "\\b",
    ord("\f"): "\\f",
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
}
_ESCAPES: Final = {
    **{code: f"\\u{code:04x}" for code in (*range(0x20), ord("<"), ord(">"), ord("&"), 0x2028, 0x2029)},
    **_SHORT_ESCAPES,
}


def encode_json(value: object, *, prefix: str = "", indent: str = "") -> str:
    """``value`` as JSON text: compact, or as Go's MarshalIndent when ``prefix`` or ``indent`` is given.

    Raises FunctionError for NaN, infinities and functions.
    """
    line = "\n" + prefix if prefix or indent else ""
    return "".join(_pieces(value, line, indent))


def _pieces(value: object, line: str, indent: str) -> Iterable[str]:
    text = _scalar(value)
    if text is not None:
        yield text
    elif isinstance(value, list | tuple):
        yield from _joined("[]", (((), item) for item in value), line, indent)
    elif is_map(value):
        items = sorted_items(value)
        yield from _joined("{}", ((_key(str(k), line), v) for k, v in items), line, indent)
    else:
        yield from _joined("{}", ((_key(k, line), v) for k, v in struct_fields(value)), line, indent)


def _key(name: str, line: str) -> tuple[str, ...]:
    return (quote_json(name), ": " if line else ":")


def _joined(
    brackets: str, items: Iterable[tuple[tuple[str, ...], object]], line: str, indent: str
) -> Iterable[str]:
    inner = line + indent if line else ""
    separator = brackets[0] + inner
    for key, item in items:
        yield separator
        yield from key
        yield from _pieces(item, inner, indent)
        separator = "," + inner
    yield line + brackets[1] if separator[0] == "," else brackets


def _scalar(value: object) -> str | None:  # noqa: PLR0911  one line a kind
    if value is None or value is NO_VALUE:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote_json(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, bytes):
        import base64

        return quote_json(base64.b64encode(value).decode())
    if is_moment(value):
        return quote_json(rfc3339(value))
    if callable(value):
        message = f"json: unsupported type: {type(value).__name__}"
        raise FunctionError(message)
    return quote_json(str(value)) if has_own_text(value) and not struct_fields(value) else None


def quote_json(text: str) -> str:
    """A JSON string in Go's default, HTML-safe spelling."""
    escaped = text.translate(_ESCAPES)
    try:
        escaped.encode()
    except UnicodeEncodeError:  # a lone surrogate is a byte that was no UTF-8
        escaped = "".join("\\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in escaped)
    return f'"{escaped}"'


def rfc3339(moment: datetime) -> str:
    """A moment as Go writes a time.Time: fraction without trailing zeros, ``Z`` for UTC."""
    text = moment.isoformat(timespec="seconds")[:19]
    fraction = f".{moment.microsecond:06d}".rstrip("0").rstrip(".")
    offset = moment.strftime("%z")
    zone = "Z" if not offset or not offset.strip("+-0") else f"{offset[:3]}:{offset[3:5]}"
    return text + fraction + zone


def _float(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        message = f"json: unsupported value: {value}"
        raise FunctionError(message)
    text = shortest(abs(value), large=_LARGE_EXPONENT, small=_SMALL_EXPONENT).replace("e-0", "e-")
    return "-" + text if math.copysign(1, value) < 0 else text
