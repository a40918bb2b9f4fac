"""What a person may have meant by a name that is not there: words behind an error, empty where nothing is near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_MOST = 12
"""Names that are listed; of more, only the near ones are of use."""


def of_name(name: str, variables: Mapping[str, object]) -> str:
    """Of the first word of a reference: the group that has the name, else the groups there are."""
    if name == "each":
        return ": expected for_each in the same block"
    groups = [group for group in variables if group.isidentifier()]
    for group in groups:
        members = variables[group] if group in {"local", "var"} else None
        if isinstance(members, Mapping) and name in list(members):
            return f": did you mean {group}.{name}?"
    return _nearest(name, groups) or _listed(groups)


def of_attribute(name: str, value: Mapping[str, object]) -> str:
    """Of ``value.name``; a mapping may know by itself how its names come to be (``missing``)."""
    missing = getattr(value, "missing", None)
    return _listed(map(str, value), quote='"') + (missing(name) if missing else "")


def of_function(name: str, functions: Iterable[str]) -> str:
    """Of a function."""
    return _nearest(name, functions, quote='"')


def _nearest(name: str, known: Iterable[str], quote: str = "") -> str:
    from difflib import get_close_matches

    words = list(known)
    alike = [word for word in words if word.replace("_", "") == name.replace("_", "").lower()]
    found = alike or get_close_matches(name, words, n=1, cutoff=0.75)
    return f": did you mean {quote}{found[0]}{quote}?" if found else ""


def _listed(known: Iterable[str], quote: str = "") -> str:
    words = sorted(known)
    if not 0 < len(words) <= _MOST:
        return ""
    return (
        ": expected "
        + ("one of " if len(words) > 1 else "")
        + ", ".join(f"{quote}{word}{quote}" for word in words)
    )
