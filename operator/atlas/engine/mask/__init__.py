"""Taking secrets out of a text before it reaches a message, an event, a log, a report or a status.

Three kinds are found: values the caller knows (``values``), passwords and tokens of URLs (``addresses``), and what SQL
clauses, connection strings and headers set as a password, a token or a key (``clauses``). A server's words about a
statement are no longer than what is shown of the statement (``excerpts``), and a log has none of the words of an error
that nobody foresaw (``defects``). Where a text is ambiguous (a truncated statement, a quote that may be escaped on one
server and not on another) more is masked, never less. Time is linear in the text, and masking a masked text changes
nothing. What a statement *means* is not looked at.

Their patterns are made when the first text comes: every command imports this, and most never have one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PASSES = 8
"""What stands for a literal may join with a stray quote behind it; then there is one more to be masked."""


def mask_text(text: str, secrets: Iterable[str] = ()) -> str:
    """Put ``xxxxx`` in the place of every secret of a text.

    Args:
        text: A statement, an error, a URL or anything that may hold them.
        secrets: Values known to be secret; their other spellings (``values``) are masked too.
    """
    return masker(secrets)(text)


def masker(secrets: Iterable[str]) -> Callable[[str], str]:
    """``mask_text`` for many texts: the spellings of the secrets are worked out once."""
    from atlas.engine.mask.addresses import without_passwords
    from atlas.engine.mask.clauses import without_literals
    from atlas.engine.mask.values import replacer

    without_values = replacer(secrets)

    def mask(text: str) -> str:
        for _ in range(_PASSES):
            before, text = text, without_literals(without_passwords(without_values(text)), [])
            if text == before:
                break
        return text

    return mask


def mask_words(words: str, statement: str, secrets: Iterable[str] = ()) -> str:
    """What a server said of a statement, masked: nothing that ``mask_text`` takes out of the statement is in it.

    Args:
        words: They may quote a part of the statement that has lost its beginning.
        statement: As it was sent.
        secrets: As of ``mask_text``.
    """
    mask = masker(secrets)
    shown = mask(statement)
    if shown == statement:
        return mask(words)
    from atlas.engine.mask.clauses import without_literals
    from atlas.engine.mask.excerpts import without_excerpts
    from atlas.engine.mask.values import replacer

    hidden: list[str] = []
    without_literals(statement, hidden)
    return mask(replacer(hidden)(without_excerpts(words, shown)))
