"""Options of tables, of the one text that the catalog has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.schema.options import options_of

if TYPE_CHECKING:
    from atlas.schema.options import Options

_OPTION = re.compile(r"`?([A-Za-z_]+)`?\s*=\s*(?:'((?:[^']|'')*)'|\"([^\"]*)\"|(\S+))")
_OF_SERVER = frozenset({"partitioned", "encrypted"})


def table_options(text: str) -> Options:
    """``row_format=DYNAMIC `page_compressed`='1'`` as pairs, words in lower case.

    What an engine was told and what the server was told look alike here: only words in backticks are the engine's.
    """
    found = {}
    for match in _OPTION.finditer(text):
        word, single, double, bare = match.groups()
        value = next((each for each in (single, double, bare) if each is not None), "")
        if word.lower() not in _OF_SERVER:
            found[word.lower()] = value.replace("''", "'")
    return options_of(found)
