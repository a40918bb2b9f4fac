"""The functions of HCL files. None of them opens anything; ``file`` reads through what the caller passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from atlas.errors import Unsupported
from atlas.hcl.values import SetValue, kind, to_bool, to_number, to_text

if TYPE_CHECKING:
    from atlas.hcl.values import Function

ReadFile = Callable[[str], str]
"""The text of a file by its path as written, relative to the file that names it."""

_UNSERVED: Final = [
    "abs",
    "alltrue",
    "anytrue",
    "can",
    "ceil",
    "chomp",
    "chunklist",
    "coalescelist",
    "csvdecode",
    "distinct",
    "element",
    "fileset",
    "flatten",
    "floor",
    "formatdate",
    "formatlist",
    "glob",
    "indent",
    "index",
    "jsondecode",
    "log",
    "lookup",
    "parseint",
    "pow",
    "range",
    "regex",
    "regexall",
    "regexmatch",
    "regexpescape",
    "regexreplace",
    "setintersection",
    "setproduct",
    "setsubtract",
    "setunion",
    "signum",
    "slice",
    "sort",
    "sql",
    "strrev",
    "substr",
    "timeadd",
    "timestamp",
    "title",
    "try",
    "urlqueryset",
    "urlsetpath",
    "urluserinfo",
    "yamldecode",
    "yamlencode",
    "yamlmerge",
    "zipmap",
]


def hcl_functions(environ: Mapping[str, str], read_file: ReadFile | None) -> dict[str, Function]:
    """All functions by name. Those that Atlas has and this version has not raise Unsupported when called."""
    functions: dict[str, Function] = {name: _unserved(name) for name in _UNSERVED}
    functions |= _TEXT | _COLLECTIONS
    functions["getenv"] = lambda name: environ.get(to_text(name), "")
    functions["file"] = _unserved("file") if read_file is None else lambda path: read_file(to_text(path))
    return functions


def _unserved(name: str) -> Function:
    def refuse(*_: object) -> object:
        raise Unsupported(f'function "{name}" is not supported by this version')

    return refuse


def _urlescape(text: object) -> str:
    """As Go's url.QueryEscape: a space becomes a plus sign."""
    from urllib.parse import quote_plus

    return quote_plus(to_text(text))


def _format(template: object, *values: object) -> str:
    """Go's verbs, as in ``format("%s-%02d", …)``; ``%v`` of a bool and a number is as in a template."""
    words = iter(values)
    out: list[str] = []
    rest = to_text(template)
    while (at := rest.find("%")) >= 0:
        out.append(rest[:at])
        end = at + 1
        while end < len(rest) and rest[end] in "0123456789.+-# ":
            end += 1
        verb = rest[end : end + 1]
        out.append("%" if verb == "%" else _verb(rest[at:end], verb, next(words)))
        rest = rest[end + 1 :]
    return "".join((*out, rest))


def _verb(flags: str, verb: str, value: object) -> str:
    match verb:
        case "s" | "v":
            return f"{flags}s" % to_text(value)
        case "d":
            return f"{flags}d" % int(to_number(value))
        case "f" | "e" | "g":
            return f"{flags}{verb}" % to_number(value)
        case "q":
            return '"' + to_text(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
        case _:
            message = f'unsupported verb "{flags}{verb}"'
            raise ValueError(message)


def _print(*values: object) -> str:
    return "".join(map(to_text, values))


def _jsonencode(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _concat(*lists: object) -> list[object]:
    return [item for items in lists for item in _list(items)]


def _merge(*objects: object) -> dict[str, object]:
    merged: dict[str, object] = {}
    for value in objects:
        if not isinstance(value, Mapping):
            message = f"an object is required, found {kind(value)}"
            raise ValueError(message)  # noqa: TRY004  every function says ValueError
        merged.update(value)
    return merged


def _length(value: object) -> int:
    return len(value) if isinstance(value, str | Mapping) else len(_list(value))


def _contains(items: object, value: object) -> bool:
    return value in _list(items)


def _coalesce(*values: object) -> object:
    return next(value for value in values if value not in {None, ""})


def _list(value: object) -> Sequence[object]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    message = f"a list is required, found {kind(value)}"
    raise ValueError(message)


def _join(separator: object, *lists: object) -> str:
    return to_text(separator).join(to_text(item) for item in _concat(*lists))


def _keys(value: object) -> list[str]:
    return sorted(_merge(value))


def _values(value: object) -> list[object]:
    return [item for _, item in sorted(_merge(value).items())]


_TEXT: Final[dict[str, Function]] = {
    "endswith": lambda text, end: to_text(text).endswith(to_text(end)),
    "format": _format,
    "join": _join,
    "jsonencode": _jsonencode,
    "lower": lambda text: to_text(text).lower(),
    "print": _print,
    "replace": lambda text, part, other: to_text(text).replace(to_text(part), to_text(other)),
    "split": lambda separator, text: to_text(text).split(to_text(separator)),
    "startswith": lambda text, start: to_text(text).startswith(to_text(start)),
    "tobool": to_bool,
    "tonumber": to_number,
    "tostring": to_text,
    "trim": lambda text, signs: to_text(text).strip(to_text(signs)),
    "trimprefix": lambda text, start: to_text(text).removeprefix(to_text(start)),
    "trimspace": lambda text: to_text(text).strip(),
    "trimsuffix": lambda text, end: to_text(text).removesuffix(to_text(end)),
    "upper": lambda text: to_text(text).upper(),
    "urlescape": _urlescape,
}
_COLLECTIONS: Final[dict[str, Function]] = {
    "coalesce": _coalesce,
    "compact": lambda items: [item for item in _list(items) if item not in {None, ""}],
    "concat": _concat,
    "contains": _contains,
    "empty": lambda value: value is None or _length(value) == 0,
    "keys": _keys,
    "length": _length,
    "max": lambda *numbers: max(map(to_number, numbers)),
    "merge": _merge,
    "min": lambda *numbers: min(map(to_number, numbers)),
    "reverse": lambda items: list(reversed(_list(items))),
    "tolist": lambda items: list(_list(items)),
    "toset": lambda items: SetValue(dict.fromkeys(_list(items))),
    "values": _values,
}
