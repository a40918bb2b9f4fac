"""Files that are templates of one set, as Go's ``ParseFiles`` makes it: each may call what any of them defines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from atlas.gotemplate.builtins import BUILTINS, SHORT_CIRCUITS
from atlas.gotemplate.execute import execute
from atlas.gotemplate.parse import Template, is_blank, parse
from atlas.gotemplate.quoting import quote
from atlas.gotemplate.values import FieldError, GoMap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.gotemplate.nodes import Body

V = TypeVar("V")


class StrictMap(GoMap[V]):
    """A map whose missing keys are errors: Go's option ``missingkey=error``."""

    __slots__ = ()

    def __missing__(self, key: str) -> V:
        message = f"map has no entry for key {quote(key)}"
        raise FieldError(message)


class TemplateSet:
    """Templates by the names of their files and of their ``define`` clauses. They know Go's own functions only."""

    def __init__(self, files: Iterable[tuple[str, str]]) -> None:
        """Parse pairs ``(name, text)``; of two bodies of one name the later wins, unless it is blank.

        Raises:
            ParseError: ``template: NAME:LINE: …``.
        """
        self._bodies: dict[str, Body] = {}
        self._places: dict[str, tuple[str, str]] = {}
        for name, text in files:
            parsed = parse(text, name=name, functions=BUILTINS.keys() | SHORT_CIRCUITS)
            for defined, body in (*parsed.defined.items(), (name, parsed.body)):
                if defined not in self._bodies or not is_blank(body):
                    self._bodies[defined] = body
                    self._places[defined] = (name, text)

    def render(self, name: str, data: object) -> str:
        """The text of the template ``name``.

        Raises:
            ParseError: ``template: FILE:LINE:COLUMN: …`` where it fails.
        """
        file_name, text = self._places[name]
        template = Template(file_name, text, self._bodies[name], self._bodies, self._places)
        return execute(template, data, BUILTINS)
