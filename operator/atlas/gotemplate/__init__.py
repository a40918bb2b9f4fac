"""Go's text/template: what ``--format`` takes. It knows no report; data and extra functions are passed in.

``render`` parses and evaluates lazily imported modules, so that a command without ``--format`` pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.gotemplate.parse import Template

DEFAULT_NAME = "format"
"""What messages call a template that has no name."""


def check(template: str, functions: Mapping[str, Callable[..., object]] | None = None) -> None:
    """Parse a template before the work whose result it is for; raises ``ParseError`` as ``render`` does."""
    _parsed(template, functions or {}, DEFAULT_NAME)


def render(
    template: str,
    data: object,
    functions: Mapping[str, Callable[..., object]] | None = None,
    *,
    name: str = DEFAULT_NAME,
) -> str:
    """The text of ``template`` for ``data``, byte for byte as Go 1.26 prints it.

    A dict stands for a struct (an unknown field is an error), ``values.GoMap`` for a map; ``values`` has the whole
    table. ``functions`` are added to Go's own and to ``report_functions``, and win over them.

    Raises:
        ParseError: a broken template, or a field or function that fails; ``template: NAME:LINE:COLUMN: …``.
    """
    from atlas.gotemplate.execute import execute

    parsed, known = _parsed(template, functions or {}, name)
    return execute(parsed, data, known)


def _parsed(
    template: str, functions: Mapping[str, Callable[..., object]], name: str
) -> tuple[Template, dict[str, Callable[..., object]]]:
    from atlas.gotemplate.builtins import BUILTINS, SHORT_CIRCUITS
    from atlas.gotemplate.parse import parse
    from atlas.gotemplate.report_functions import REPORT_FUNCTIONS

    known = {**BUILTINS, **REPORT_FUNCTIONS, **functions}
    return parse(template, name=name, functions=known.keys() | SHORT_CIRCUITS), known
