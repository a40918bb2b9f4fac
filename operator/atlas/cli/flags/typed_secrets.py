"""Passwords of URLs that were typed in a place that knows of no URL: the message that quotes the word hides them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PASSWORD = re.compile(r"://[^/@:]*:(.+)@", re.DOTALL)
HIDDEN = "xxxxx"


def without_passwords(text: str, words: Iterable[str]) -> str:
    """``text`` without the passwords that the URLs among ``words`` hold; the last ``@`` ends a password."""
    for word in words:
        for address in _addresses(word):
            if found := _PASSWORD.search(address):
                password = found[1]
                text = text.replace(f":{password}@", f":{HIDDEN}@").replace(
                    f":{ascii(password)[1:-1]}@", f":{HIDDEN}@"
                )
    return text


def _addresses(word: str) -> Iterable[str]:
    """The URLs of a word, which may be a list of them: first each by itself, then the word as one."""
    return (*word.split(","), word) if "://" in word else ()
