"""``yamldecode`` and ``yamlencode``: scalars by YAML 1.2's notations of numbers, with the many words for booleans."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from atlas.hcl.values import is_list, is_number, kind, number_text, read_number, to_number, to_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Event
    from yaml.events import ScalarEvent

    from atlas.hcl.values import Function

_TAG: Final = "tag:yaml.org,2002:"
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_HINTS: Final = frozenset("+-.~0123456789yYnNtTfFoO")
"""First signs of what is no text where it stands without quotes; in quotes it is text even with a tag."""
_INFINITE: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE: Final = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ](\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(Z|[-+]\d\d:\d\d)?)?", re.ASCII
)


def _yamldecode(text: object) -> object:
    import yaml

    from atlas.hcl.functions.yaml_document import Document, reason_of

    try:
        return Document(iter(yaml.parse(to_text(text), Loader=yaml.SafeLoader)), scalar).value()
    except yaml.YAMLError as error:
        message = f"this is no YAML: {reason_of(error)}"
        raise ValueError(message) from error
    except RecursionError:
        raise ValueError("this YAML is nested too deeply") from None


def scalar(event: ScalarEvent) -> object:
    """The value of a scalar. Raises ValueError for tags and values that HCL has not."""
    tag = (event.tag or "").removeprefix(_TAG)
    if event.style in {"'", '"'} and (not tag or not event.value or event.value[0] in _HINTS):
        return event.value
    match tag:
        case "" if event.style in {"|", ">"}:
            value = _plain(event.value)
            return None if value is None else to_text(value)
        case "" | "!":
            return _plain(event.value)
        case "str" | "binary":
            return event.value
        case "null":
            return None
        case "int" | "float" | "bool" | "timestamp":
            value = _plain(event.value)
            if kind(value) != {"bool": "bool", "timestamp": "string"}.get(tag, "number"):
                message = f'"{event.value}" is no {tag}'
                raise ValueError(message)
            return value
        case _:
            message = f'the tag "{event.tag}" is not known'
            raise ValueError(message)


def _plain(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INFINITE.fullmatch(text):
        message = f"{text} is no number of HCL"
        raise ValueError(message)
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if _FLOAT.fullmatch(text):
        return read_number(text)
    return _date(text) or text


def _date(text: str) -> str:
    """A date as a timestamp of RFC 3339; '' for another text."""
    found = _DATE.fullmatch(text)
    if found is None or ("t" not in text.lower() and found[7]) or ("t" in text.lower() and not found[7]):
        return ""
    from datetime import datetime

    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        time = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  its zone is written behind it
    except ValueError:
        return ""
    return f"{time.year:04d}-{time:%m-%dT%H:%M:%S}{(found[7] or 'Z').replace('+00:00', 'Z')}"


def _yamlencode(value: object) -> str:
    import io

    from atlas.hcl.functions.yaml_emitter import PlainEmitter

    out = io.StringIO()
    emitter = PlainEmitter(out)
    for event in _document(value):
        emitter.emit(event)
    text = out.getvalue()
    return text.removesuffix("...\n") if "\n\n...\n" in text else text


def _document(value: object) -> Iterator[Event]:
    from yaml import events

    yield events.StreamStartEvent()
    yield events.DocumentStartEvent(explicit=False)
    yield from _events(value)
    yield events.DocumentEndEvent(explicit=False)
    yield events.StreamEndEvent()


def _events(value: object) -> Iterator[Event]:
    from yaml import events

    if isinstance(value, Mapping):
        yield events.MappingStartEvent(None, None, implicit=True, flow_style=False)
        for name in sorted(value):
            yield from _events(name)
            yield from _events(value[name])
        yield events.MappingEndEvent()
    elif is_list(value):
        yield events.SequenceStartEvent(None, None, implicit=True, flow_style=False)
        for item in value:
            yield from _events(item)
        yield events.SequenceEndEvent()
    elif isinstance(value, str):
        style = "|" if "\n" in value else '"'
        yield events.ScalarEvent(None, None, (True, True), value, style=style)
    else:
        yield events.ScalarEvent(None, None, (True, True), _word(value))


def _word(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return to_text(value)
    if is_number(value):
        return number_text(to_number(value))
    message = f"a {kind(value)} has no form in YAML"
    raise ValueError(message)


FUNCTIONS: Final[dict[str, Function]] = {"yamldecode": _yamldecode, "yamlencode": _yamlencode}
