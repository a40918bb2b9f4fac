"""The functions of HCL files, split by what they work on. None of them does I/O: the world comes in as arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from atlas.errors import Unsupported
from atlas.hcl.functions import (
    arithmetic,
    containers,
    conversions,
    csv_text,
    formatting,
    json_text,
    patterns,
    sets,
    text,
    urls,
    yaml_merge,
    yaml_text,
)
from atlas.hcl.functions.dates import date_functions
from atlas.hcl.functions.files import Files, ReadFile, file_functions
from atlas.hcl.functions.json_text import json_text as _json_text
from atlas.hcl.values import is_list, to_text

if TYPE_CHECKING:
    from atlas.hcl.functions.dates import Now
    from atlas.hcl.values import Function

__all__ = ["Files", "ReadFile", "hcl_functions"]

_PURE: Final[dict[str, Function]] = {
    **arithmetic.FUNCTIONS,
    **containers.FUNCTIONS,
    **conversions.FUNCTIONS,
    **csv_text.FUNCTIONS,
    **formatting.FUNCTIONS,
    **json_text.FUNCTIONS,
    **patterns.FUNCTIONS,
    **sets.FUNCTIONS,
    **text.FUNCTIONS,
    **urls.FUNCTIONS,
    **yaml_merge.FUNCTIONS,
    **yaml_text.FUNCTIONS,
}
"""Those that need nothing but their arguments."""

Say = Callable[[str], object]
"""Prints a line."""


def hcl_functions(
    environ: Mapping[str, str],
    files: Files | ReadFile | None,
    *,
    now: Now | None = None,
    say: Say | None = None,
) -> dict[str, Function]:
    """All functions by name. What is not passed makes the functions that need it raise Unsupported when called."""
    return {
        **_PURE,
        **date_functions(now),
        **file_functions(files),
        "getenv": lambda name: environ.get(to_text(name), ""),
        "print": lambda value: _print(value, say),
        "sql": _sql,
    }


def _print(value: object, say: Say | None) -> object:
    """The value, printed: text as it is, lists and objects as JSON."""
    if say is None:
        raise Unsupported("print() has nowhere to print to here: use its argument alone")
    say(
        _json_text(value) if value is None or is_list(value) or isinstance(value, Mapping) else to_text(value)
    )
    return value


def _sql(_: object) -> object:
    raise Unsupported("sql() makes an expression of a schema, and there is none here: use a string")
