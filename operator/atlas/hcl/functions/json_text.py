"""``jsonencode`` and ``jsondecode``. Keys come in order, and what HTML would read as markup is escaped, as in Go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn

from atlas.hcl.values import is_list, is_number, kind, number_text, read_number, to_text

if TYPE_CHECKING:
    from atlas.hcl.values import Function

_ESCAPES: Final = {
    **{ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"},
    **{code: f"\\u{code:04x}" for code in range(0x20)},
    ord("\b"): "\\b",
    ord("\f"): "\\f",
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}


def json_text(value: object) -> str:
    """A value as JSON. Raises ValueError for what JSON has not."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPES)}"'
    if isinstance(value, bool):
        return to_text(value)
    if is_number(value):
        return number_text(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json_text(name)}:{json_text(value[name])}" for name in sorted(value)) + "}"
    if is_list(value):
        return "[" + ",".join(map(json_text, value)) + "]"
    message = f"a {kind(value)} has no form in JSON"
    raise ValueError(message)


def _jsondecode(text: object) -> object:
    import json

    try:
        found: Any = json.loads(to_text(text), parse_float=read_number, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        message = f"this is no JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        raise ValueError(message) from error
    except RecursionError:
        raise ValueError("this JSON is nested too deeply") from None
    return _whole(found) if "\\u" in to_text(text) else found


def _whole(value: object) -> object:
    """The value with replacement characters for halves of surrogate pairs, which are no text."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_whole(item) for item in value]
        case dict():
            return {_whole(name): _whole(item) for name, item in value.items()}
        case _:
            return value


def _refuse(word: str) -> NoReturn:
    message = f"this is no JSON: {word} is none of its numbers"
    raise ValueError(message)


FUNCTIONS: Final[dict[str, Function]] = {"jsondecode": _jsondecode, "jsonencode": json_text}
