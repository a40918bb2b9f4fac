"""Which changes of a column's type PostgreSQL makes without touching a row."""

from __future__ import annotations

import re

_TYPE = re.compile(r"^(?P<name>[a-z][a-z ]*?)(?:\((?P<args>[0-9, ]+)\)(?P<rest> .*)?)?$")
_UNLIMITED = 1 << 40
_FULL_PRECISION = (6,)
_WITH_PRECISION = frozenset({"timestamp", "time", "interval"})


def keeps_rows(current: str, desired: str) -> bool:
    """Whether the stored bytes are valid for the new type: a longer limit, or none, or a type of the same form.

    See ATColumnChangeRequiresRewrite in the server's source and the transform functions of types' length casts.
    """
    before, after = _split(current), _split(desired)
    if before is None or after is None:
        return False
    (name, args), (new_name, new_args) = before, after
    if {name, new_name} <= {"character varying", "text"}:
        return _limit(new_args) >= _limit(args)
    if name != new_name:
        return (name, new_name) == ("cidr", "inet") or (name == "bit" and after == ("bit varying", ()))
    return _is_no_shorter(name, args, new_args)


def _is_no_shorter(name: str, args: tuple[int, ...], new_args: tuple[int, ...]) -> bool:
    if name == "numeric" and new_args:
        return _scale(new_args) == _scale(args) and _limit(new_args) >= _limit(args)
    if name in {"numeric", "bit varying"}:
        return _limit(new_args) >= _limit(args)
    if name.split(" ", maxsplit=1)[0] in _WITH_PRECISION:
        return _limit(new_args or _FULL_PRECISION) >= _limit(args or _FULL_PRECISION)
    return args == new_args


def _split(text: str) -> tuple[str, tuple[int, ...]] | None:
    found = _TYPE.match(text)
    if found is None:
        return None
    args = tuple(int(each) for each in (found["args"] or "").split(",") if each.strip())
    return f"{found['name'].strip()}{found['rest'] or ''}", args


def _limit(args: tuple[int, ...]) -> int:
    return args[0] if args else _UNLIMITED


def _scale(args: tuple[int, ...]) -> int:
    if not args:
        return -1
    return args[1] if len(args) > 1 else 0
