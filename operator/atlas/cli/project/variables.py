"""``--var``: the values of variables as a person types them."""

from __future__ import annotations

from atlas.errors import UsageError


def variables_of(words: list[str]) -> dict[str, str | list[str]]:
    """``--var a=1 --var b=2,c=3``: one CSV record a flag; a key that is repeated becomes a list."""
    values: dict[str, str | list[str]] = {}
    if not words:
        return values
    for cell in (cell for word in words for cell in _record(word)):
        name, sign, value = cell.partition("=")
        if not sign:
            raise UsageError(_without_sign(cell, values))
        before = values.get(name)
        if before is None:
            values[name] = value
        else:
            values[name] = [*(before if isinstance(before, list) else [before]), value]
    return values


def _without_sign(cell: str, before: dict[str, str | list[str]]) -> str:
    """NB: what follows a comma is a part of a value, which may be a password: it is not shown."""
    if not before:
        return f'invalid variable "{cell}": expected --var name=value'
    name = next(reversed(before))
    return f'invalid variable after "{name}": expected --var name=value; a value with a comma is --var \'"{name}=a,b"\''


def _record(word: str) -> list[str]:
    """One record of CSV. NB: no message shows it, for it may hold a password."""
    import csv
    from io import StringIO

    try:
        records = list(csv.reader(StringIO(word, newline="")))
    except csv.Error:
        records = [[], []]
    if len(records) > 1:
        name = word.partition("=")[0].lstrip('"')
        raise UsageError(
            f'invalid --var "{name}": expected name=value; a value with a line break is --var \'"{name}=…"\''
        )
    return records[0] if records else []
