"""Flags that hold lists: repeated, and each a record of comma-separated values, as in the Go tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEXT_URL = re.compile(r",(?=[A-Za-z][A-Za-z0-9+.-]*://)")


def values_of(words: Iterable[str], flag: str) -> tuple[str, ...]:
    """The values of all records; empty ones are left out.

    Raises:
        UsageError: A quote that does not end.
    """
    import csv

    try:
        records = [next(csv.reader([word], strict=True), []) for word in words]
    except csv.Error as error:
        raise UsageError(
            f'invalid argument for "{flag}" flag: {error}; a value with a comma or a quote stands in double quotes'
        ) from error
    return tuple(value for record in records for value in record if value)


def urls_of(words: Iterable[str]) -> tuple[str, ...]:
    """URLs, between which a comma may stand; a comma inside of one (a list of hosts) parts nothing."""
    return tuple(url for word in words for url in _NEXT_URL.split(word) if url)


def cells(values: Iterable[str]) -> list[str]:
    """Each value as a record that ``values_of`` reads as this one value."""
    return [
        f'"{value.replace(chr(34), chr(34) * 2)}"' if "," in value or '"' in value else value
        for value in values
    ]
