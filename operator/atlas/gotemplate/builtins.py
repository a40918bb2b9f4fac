"""The functions that Go's text/template gives every template. ``and`` and ``or`` stop early and live in ``expressions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from atlas.gotemplate import comparison
from atlas.gotemplate.formatting import sprint, sprintln
from atlas.gotemplate.values import NO_VALUE, FunctionError, is_integer, is_list, is_map, truth, type_name

if TYPE_CHECKING:
    from collections.abc import Callable

_HTML: Final = str.maketrans(
    {"\0": "\ufffd", '"': "&#34;", "'": "&#39;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}
)
_SCRIPT: Final = {"\\": "\\\\", "'": "\\'", '"': '\\"'} | {sign: f"\\u{ord(sign):04X}" for sign in "<>&="}
_MOST_BOUNDS: Final = 3
"""Low, high and capacity; a capacity is checked and means nothing here."""


def print_format(template: str, *values: object) -> str:
    """Go's Sprintf; loaded on first use because most templates only ask for JSON."""
    from atlas.gotemplate.printf import sprintf

    return sprintf(template, values)


def index(item: object, *indexes: object) -> object:
    """``index x 1 "a"`` is ``x[1]["a"]``; a missing map key is ``<no value>``."""
    if item is None or item is NO_VALUE:
        message = "index of untyped nil"
        raise FunctionError(message)
    for key in indexes:
        item = _indexed(item, key)
    return item


def _indexed(item: object, key: object) -> object:
    if isinstance(item, Mapping) and is_map(item):
        return _entry(item, key)
    content = item.encode() if isinstance(item, str) else item
    if isinstance(content, bytes | list | tuple):
        position = _position(key, len(content))
        if position == len(content):
            message = f"reflect: {'string' if isinstance(item, str) else 'slice'} index out of range"
            raise FunctionError(message)
        return content[position]
    message = f"can't index item of type {type_name(item)}"
    raise FunctionError(message)


def _entry(mapping: Mapping[object, object], key: object) -> object:
    known = next(iter(mapping), "")
    if type(key) is not type(known):
        message = f"value has type {type_name(key)}; should be {type_name(known)}"
        raise FunctionError(message)
    return mapping.get(key, NO_VALUE)


def slice_of(item: object, *indexes: object) -> object:
    """``slice x 1 2`` is ``x[1:2]``; strings are cut by bytes."""
    if item is None or item is NO_VALUE:
        message = "slice of untyped nil"
        raise FunctionError(message)
    if len(indexes) > _MOST_BOUNDS:
        message = f"too many slice indexes: {len(indexes)}"
        raise FunctionError(message)
    if isinstance(item, str) and len(indexes) == _MOST_BOUNDS:
        message = "cannot 3-index slice a string"
        raise FunctionError(message)
    content = item.encode("utf-8", "surrogateescape") if isinstance(item, str) else item
    if not isinstance(content, bytes | list | tuple):
        message = f"can't slice item of type {type_name(item)}"
        raise FunctionError(message)
    bounds = [_position(key, len(content)) for key in indexes]
    low, high = (*bounds[:2], *(0, len(content))[len(bounds[:2]) :])
    if low > high:
        message = f"invalid slice index: {low} > {high}"
        raise FunctionError(message)
    cut = content[low:high]
    return cut.decode("utf-8", "surrogateescape") if isinstance(item, str) and isinstance(cut, bytes) else cut


def _position(key: object, last: int) -> int:
    if not is_integer(key):
        what = "nil" if key is None else f"type {type_name(key)}"
        message = f"cannot index slice/array with {what}"
        raise FunctionError(message)
    if not 0 <= key <= last:
        message = f"index out of range: {key}"
        raise FunctionError(message)
    return key


def length(item: object) -> int:
    """The number of entries, or of bytes of a string."""
    if isinstance(item, str):
        return len(item.encode("utf-8", "surrogateescape"))
    if isinstance(item, bytes) or is_list(item) or is_map(item):
        return len(item)
    message = "len of nil pointer" if item is None else f"len of type {type_name(item)}"
    raise FunctionError(message)


def call(function: object, *arguments: object) -> object:
    """The result of a function that is a value, e.g. a field."""
    if function is None or function is NO_VALUE:
        message = "call of nil"
        raise FunctionError(message)
    if not callable(function):
        message = f"non-function of type {type_name(function)}"
        raise FunctionError(message)
    return function(*arguments)


def escape_html(*values: object) -> str:
    """Text for HTML content and attributes."""
    return _joined(values).translate(_HTML)


def escape_script(*values: object) -> str:
    """Text for a JavaScript string."""
    return "".join(_SCRIPT.get(sign) or _script_sign(sign) for sign in _joined(values))


def _script_sign(sign: str) -> str:
    return sign if sign.isprintable() else f"\\u{ord(sign):04X}"


def escape_query(*values: object) -> str:
    """Text for a URL's query: everything but letters, digits and ``-_.~`` escaped, a space as ``+``."""
    from urllib.parse import quote_plus

    return quote_plus(_joined(values))


def _joined(values: tuple[object, ...]) -> str:
    shown = ["<no value>" if value is NO_VALUE else value for value in values]
    return sprint(shown)


def negate(value: object) -> bool:
    """``not``."""
    return not truth(value)


def printed(*values: object) -> str:
    """``print``."""
    return sprint(values)


def printed_line(*values: object) -> str:
    """``println``."""
    return sprintln(values)


BUILTINS: Final[dict[str, Callable[..., object]]] = {
    "call": call,
    "eq": comparison.equal,
    "ge": comparison.greater_or_equal,
    "gt": comparison.greater,
    "html": escape_html,
    "index": index,
    "js": escape_script,
    "le": comparison.less_or_equal,
    "len": length,
    "lt": comparison.less,
    "ne": comparison.unequal,
    "not": negate,
    "print": printed,
    "printf": print_format,
    "println": printed_line,
    "slice": slice_of,
    "urlquery": escape_query,
}
SHORT_CIRCUITS: Final = frozenset({"and", "or"})
