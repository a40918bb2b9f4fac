"""Patterns of test files and of ``--run``, in the syntax of RE2 as everywhere in HCL."""

from __future__ import annotations

import re

from atlas.errors import ParseError, Unsupported
from atlas.hcl.functions.re2 import translated


def compiled(text: str, what: str) -> re.Pattern[str]:
    """A pattern, to be searched for.

    Args:
        text: The pattern as written.
        what: Where it was written, for the error.

    Raises:
        ParseError: It is none, or needs what RE2 has not: looking around, references to groups, possessive counts.
        Unsupported: RE2 knows it, and this version does not.
    """
    try:
        return re.compile(translated(text).pattern)
    except Unsupported as error:
        raise Unsupported(f'{what}: the pattern "{text}": {error}') from error
    except (ValueError, re.error) as error:
        raise ParseError(f'{what}: invalid pattern "{text}": {error}') from error
