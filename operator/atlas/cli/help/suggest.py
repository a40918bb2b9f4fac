"""What a person may have meant by a word that is no command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.table import COMMANDS, GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLIPS = 2
_LONG = 5  # letters of a word in which two may be wrong
_SHOWN = 4


def suggestions(group: Sequence[str], word: str) -> list[str]:
    """Commands and groups as they are typed after ``atlas``, the nearest first.

    Those below ``group`` that begin with the word, or are a slip of the finger away (two in a longer word); else
    those anywhere that are called so.
    """
    known = [*GROUPS, *(command.words for command in COMMANDS)]
    depth = len(group)
    limit = min(len(word) - 1, _SLIPS if len(word) >= _LONG else 1)
    near: list[tuple[int, str]] = []
    for words in dict.fromkeys(known):
        if words[:depth] != tuple(group) or len(words) != depth + 1:
            continue
        slips = distance(word.lower(), words[-1])
        if words[-1].startswith(word.lower()) or slips <= limit:
            near.append((slips, " ".join(words)))
    elsewhere = [" ".join(words) for words in known if words[-1] == word.lower()]
    return ([name for _, name in sorted(near)] or list(dict.fromkeys(elsewhere)))[:_SHOWN]


def distance(left: str, right: str) -> int:
    """Letters to insert, delete, replace, or to swap with their neighbour, to make one word of the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if earlier and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
