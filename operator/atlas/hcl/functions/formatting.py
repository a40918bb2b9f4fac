"""``format`` and ``formatlist``: Go's verbs as HCL has them. Widths count what a reader calls characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.hcl.functions.graphemes import graphemes
from atlas.hcl.functions.json_text import json_text
from atlas.hcl.functions.number_verbs import Verb, number_in, shortest
from atlas.hcl.values import is_list, is_number, to_bool, to_number, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.hcl.values import Function

_VERB: Final = re.compile(
    r"%(?P<flags>[-+ #0]*)(?P<width>[1-9][0-9]*)?(?:\.(?P<precision>[0-9]*))?(?:\[(?P<at>[0-9]+)\])?(?P<mode>[A-Za-z])|%%"
)
_NUMBERS: Final = "bdoxXeEfgG"


def _format(template: object, *values: object) -> str:
    text = to_text(template)
    out: list[str] = []
    at, used, asked = 0, 0, 0
    while (start := text.find("%", at)) >= 0:
        out.append(text[at:start])
        found = _VERB.match(text, start)
        if found is None:
            message = f'the "%" at {start} begins no verb: "%%" stands for a percent sign'
            raise ValueError(message)
        at = found.end()
        if found["mode"] is None:
            out.append("%")
            continue
        used = int(found["at"]) if found["at"] else used + 1
        asked = max(asked, used)
        out.append(_written(_verb(found), used, values))
    if asked < len(values):
        message = f"the format uses {asked} of {len(values)} values"
        raise ValueError(message)
    return "".join((*out, text[at:]))


def _verb(found: re.Match[str]) -> Verb:
    precision = None if found["precision"] is None else int(found["precision"] or 0)
    return Verb(found[0], found["mode"], found["flags"], int(found["width"] or 0), precision)


def _written(verb: Verb, place: int, values: Sequence[object]) -> str:
    if not 1 <= place <= len(values):
        message = f'"{verb.text}" takes value {place}, and there are {len(values)}'
        raise ValueError(message)
    value = values[place - 1]
    if value is None and verb.mode != "v":
        message = f'"{verb.text}": null cannot be formatted'
        raise ValueError(message)
    try:
        return _value(verb, value)
    except ValueError as error:
        message = f'"{verb.text}": {error}'
        raise ValueError(message) from error


def _value(verb: Verb, value: object) -> str:
    match verb.mode:
        case "v":
            return _padded(verb, _default(verb, value))
        case "t":
            return to_text(to_bool(value))
        case "s" | "q":
            text = to_text(value)
            if verb.precision:
                text = "".join(graphemes(text)[: verb.precision])
            return _padded(verb, text if verb.mode == "s" else json_text(text))
        case mode if mode in _NUMBERS:
            return number_in(verb, to_number(value))
        case _:
            raise ValueError("there is no such verb")


def _default(verb: Verb, value: object) -> str:
    if "#" not in verb.flags:
        if isinstance(value, str):
            return value
        if is_number(value):
            return shortest(value)
    return json_text(value)


def _padded(verb: Verb, text: str) -> str:
    pad = ("0" if "0" in verb.flags else " ") * (verb.width - len(graphemes(text)))
    return text + pad if "-" in verb.flags else pad + text


def _formatlist(template: object, *values: object) -> list[str]:
    """One string a row; what is no list is the same in every row."""
    lengths = {len(value) for value in values if is_list(value)}
    if len(lengths) > 1:
        message = f"the lists have different lengths: {', '.join(map(str, sorted(lengths)))}"
        raise ValueError(message)
    rows = lengths.pop() if lengths else 1
    return [
        _format(template, *(value[at] if is_list(value) else value for value in values)) for at in range(rows)
    ]


FUNCTIONS: Final[dict[str, Function]] = {"format": _format, "formatlist": _formatlist}
