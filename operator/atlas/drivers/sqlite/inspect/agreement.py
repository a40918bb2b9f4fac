"""What is read from a text has to agree with what the pragmas say; nothing is compared that was misread."""

from __future__ import annotations

from typing import NoReturn

from atlas.errors import Unsupported


def refuse(table: str, what: str) -> NoReturn:
    """Text and pragmas do not agree on ``what``, as ``its columns``.

    Raises:
        Unsupported: Always.
    """
    raise Unsupported(
        f'sqlite: the definition of table "{table}" is not understood: {what} as read from its text '
        "are not those that SQLite knows; it was not compared, please report it"
    )
