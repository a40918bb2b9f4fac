"""Column types in the notation of HCL schemas: see ``engine.schema_ports.TypeNames``.

SQLite takes any words for a type (https://sqlite.org/datatype3.html, 3.1); these have a name of their own in HCL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS: Final = """
    integer int tinyint smallint mediumint bigint int2 int8 uint64 unsigned_big_int real double double_precision float
    numeric decimal text character varchar nchar nvarchar varying_character native_character clob blob bool boolean
    date datetime json jsonb uuid any
"""
_NAMES: Final = frozenset(_WORDS.split())
_TEXT: Final = re.compile(r"([a-z][a-z0-9 ]*?) ?(?:\( ?([+-]?\d+) ?(?:, ?([+-]?\d+) ?)?\))?\Z", re.IGNORECASE)
_MOST_ARGUMENTS: Final = 2


class SqliteTypeNames:
    """The types that this dialect has names for; every one of them may have a size, which SQLite keeps and ignores."""

    def to_hcl(self, type_text: str) -> str | None:
        found = _TEXT.match(type_text)
        name = found[1].lower().replace(" ", "_") if found else ""
        if found is None or name not in _NAMES:
            return None
        numbers = [number for number in found.groups()[1:] if number]
        return f"{name}({','.join(numbers)})" if numbers else name

    def from_hcl(self, name: str, arguments: Sequence[int | float | str]) -> str:
        if name not in _NAMES:
            raise ValueError(f'There is no type named "{name}".')
        if len(arguments) > _MOST_ARGUMENTS:
            raise ValueError(f'too many arguments for type definition "{name}"')
        for argument in arguments:
            if not isinstance(argument, int) or isinstance(argument, bool):
                raise ValueError(f'type "{name}" takes whole numbers, found {argument!r}')  # noqa: TRY004  the port says so
        words = name.replace("_", " ")
        return f"{words}({','.join(map(str, arguments))})" if arguments else words
