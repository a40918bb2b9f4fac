"""The one layout of an HCL text: indentation, spaces and the column of ``=``. Comments and meaning stay."""

from __future__ import annotations


def format_text(text: str) -> str:
    """``text`` in its layout; a text that is laid out already is returned as it is.

    Raises:
        ParseError: The text does not parse.
    """
    raise NotImplementedError
