"""Settings of an object that are pairs of a word and a value, in a form that compares and hashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Options: TypeAlias = tuple[tuple[str, str], ...]
"""Sorted by word, each word once; () when there are none. Values are texts as SQL has them, without quotes."""


def options_of(pairs: Mapping[str, str]) -> Options:
    """``pairs`` in their canonical order."""
    return tuple(sorted(pairs.items()))


def option(options: Options, name: str, default: str = "") -> str:
    """The value of one word."""
    return next((value for word, value in options if word == name), default)
