"""``atlas __complete WORDS…``: candidates for the last word, one a line, for the scripts of the shells.

A line is ``word TAB text``; the last one is ``:`` and a number that is the sum of 2 (put no blank behind the word)
and 4 (offer no files beside). This is what scripts of other Go tools send and read too.
With ``--line LINE BREAKS`` the shell has not cut its line into words: ``BREAKS`` are letters at which it thinks that
a word ends, and what stands before the last of them is left out of the candidates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.cli.context import Context

_NO_BLANK = 2
_NO_FILES = 4
_SENTENCE = re.compile(r"\s+")


def complete(words: Sequence[str], context: Context) -> int:
    """Print the candidates. What goes wrong is nobody's concern who pressed TAB: there are none then."""
    from atlas.cli.completion.candidates import answer_at
    from atlas.cli.completion.place import place_of, words_of

    line, breaks = (words[1], words[2]) if words[:1] == ["--line"] and len(words) == len("xyz") else ("", "")
    typed = words_of(line) if breaks or line else list(words)
    answer = answer_at(place_of(typed))
    cut = max((typed[-1].rfind(letter) for letter in breaks if letter in ":="), default=-1) + 1
    for candidate in answer.candidates:
        text = _SENTENCE.sub(" ", candidate.text)
        context.out(candidate.word[cut:] + (f"\t{text}" if text else ""))
    context.out(f":{_NO_BLANK * answer.joins + _NO_FILES * (not answer.files)}")
    return 0
