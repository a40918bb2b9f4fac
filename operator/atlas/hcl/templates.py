"""Quoted strings and heredocs: escapes, interpolations, directives, strip markers, indentation."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from atlas.hcl.nodes import Literal, Template, TemplateFor, TemplateIf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tree_sitter import Node

    from atlas.hcl.nodes import Expression, TemplatePart
    from atlas.hcl.positions import Range
    from atlas.hcl.source import Source

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HEX_DIGITS = {"u": 4, "U": 8}
_LITERAL = "template_literal"
_INTERPOLATION = "template_interpolation"
_DIRECTIVE = "template_directive"
_BORDERS = frozenset({"template_if_intro", "template_else_intro", "template_if_end"})
"""Of an ``if`` directive: what its bodies lie between."""


class _Reading(NamedTuple):
    """One string or heredoc: where it stands, and what turns its raw texts, in their order, into their meaning."""

    place: Range
    meaning: Callable[[str], str]


class TemplateReader:
    """Reads the templates of one source; ``expression`` reads what stands inside ``${ }``."""

    def __init__(self, source: Source, expression: Callable[[Node], Expression]) -> None:
        self._source = source
        self._expression = expression

    def string(self, node: Node) -> str:
        """The text of a quoted string without interpolation."""
        start, end = node.children[0], node.children[-1]
        return self._unescaped(self._source.slice(start.end_byte, end.start_byte), node)

    def template(self, node: Node) -> Expression:
        """The expression of a ``quoted_template`` or ``heredoc_template``; a Literal when nothing is evaluated."""
        place = self._source.range(node)
        if node.type == "quoted_template":
            start, end = node.children[0].end_byte, node.children[-1].start_byte
            reading = _Reading(place, lambda text: self._unescaped(text, node))
            parts = self._parts(node.children[1:-1], start, end, reading)
        else:
            parts = self._heredoc(node, place)
        if not parts:
            return Literal("", place)
        first = parts[0]
        return first if len(parts) == 1 and isinstance(first, Literal) else Template(parts, place)

    def _heredoc(self, node: Node, place: Range) -> tuple[TemplatePart, ...]:
        names = [child for child in node.children if child.type == "heredoc_identifier"]
        content = self._source.content
        start = content.index(b"\n", names[0].end_byte) + 1
        end = max(start, content.rindex(b"\n", 0, names[1].start_byte) + 1)
        inner = [
            child for child in node.children if names[0].end_byte <= child.start_byte < names[1].start_byte
        ]
        inner = [child for child in inner if child not in names]
        flush = self._source.text_of(node.children[0]).endswith("-")
        margin = self._margin(start, end, inner) if flush else 0
        at_line_start = True

        def text(raw: str) -> str:
            nonlocal at_line_start
            cut = _without_margin(raw, margin, first=at_line_start)
            at_line_start = False
            return cut.replace("$${", "${").replace("%%{", "%{")

        return self._parts(inner, start, end, _Reading(place, text))

    def _margin(self, start: int, end: int, inner: Iterable[Node]) -> int:
        """The least indentation of the lines of a ``<<-`` heredoc; lines that go on inside ``${ }`` do not count."""
        hidden = {
            row
            for node in inner
            if node.type != _LITERAL
            for row in range(node.start_point.row + 1, node.end_point.row + 1)
        }
        first_row = self._source.content.count(b"\n", 0, start)
        lines = self._source.slice(start, end).split("\n")[:-1]
        indents = [
            len(line) - len(line.lstrip(" \t"))
            for row, line in enumerate(lines, start=first_row)
            if row not in hidden and line.strip()
        ]
        return min(indents, default=0)

    def _parts(
        self, nodes: Sequence[Node], start: int, end: int, reading: _Reading
    ) -> tuple[TemplatePart, ...]:
        """Texts and evaluated parts between two byte offsets.

        tree-sitter leaves blanks out of its texts, so texts are what lies between the evaluated nodes.
        """
        parts: list[TemplatePart] = []
        strips = False
        for node in nodes:
            if node.type not in {_INTERPOLATION, _DIRECTIVE}:
                continue
            left, right = _strip_markers(node)
            text = reading.meaning(self._source.slice(start, node.start_byte))
            parts.append(Literal(_stripped(text, left=strips, right=left), reading.place))
            parts.append(self._evaluated(node, reading))
            start, strips = node.end_byte, right
        text = reading.meaning(self._source.slice(start, end))
        parts.append(Literal(_stripped(text, left=strips, right=False), reading.place))
        return tuple(part for part in parts if not (isinstance(part, Literal) and part.value == ""))

    def _evaluated(self, node: Node, reading: _Reading) -> TemplatePart:
        if node.type == _INTERPOLATION:
            return self._expression(
                next(child for child in node.named_children if child.type == "expression")
            )
        directive = node.named_children[0]
        place = self._source.range(directive)
        if directive.type == "template_if":
            return self._if(directive, place, reading)
        return self._for(directive, place, reading)

    def _if(self, node: Node, place: Range, reading: _Reading) -> TemplateIf:
        children = node.children
        borders = [at for at, child in enumerate(children) if child.type in _BORDERS]
        condition = next(c for c in children[0].named_children if c.type == "expression")
        bodies = [self._between(children, first, last, reading) for first, last in pairwise(borders)]
        otherwise = bodies[1] if len(bodies) > 1 else ()
        return TemplateIf(self._expression(condition), bodies[0], otherwise, place)

    def _for(self, node: Node, place: Range, reading: _Reading) -> TemplateFor:
        intro = node.children[0]
        names = [self._source.text_of(child) for child in intro.named_children if child.type == "identifier"]
        collection = next(child for child in intro.named_children if child.type == "expression")
        body = self._between(node.children, 0, len(node.children) - 1, reading)
        key = names[0] if len(names) > 1 else ""
        return TemplateFor(key, names[-1], self._expression(collection), body, place)

    def _between(
        self, children: Sequence[Node], first: int, last: int, reading: _Reading
    ) -> tuple[TemplatePart, ...]:
        """The parts between two ``%{ }`` of one directive, their strip markers applied."""
        opening, closing = children[first], children[last]
        inner = children[first + 1 : last]
        parts = list(self._parts(inner, opening.end_byte, closing.start_byte, reading))
        if parts and isinstance(parts[0], Literal) and _marker_at(opening, -2):
            parts[0] = _trimmed(parts[0], left=True, right=False)
        if parts and isinstance(parts[-1], Literal) and _marker_at(closing, 1):
            parts[-1] = _trimmed(parts[-1], left=False, right=True)
        return tuple(part for part in parts if not (isinstance(part, Literal) and part.value == ""))

    def _unescaped(self, raw: str, node: Node) -> str:
        if "\\" not in raw and "$${" not in raw and "%%{" not in raw:
            return raw
        out: list[str] = []
        at = 0
        while at < len(raw):
            if raw.startswith(("$${", "%%{"), at):
                out.append(raw[at + 1 : at + 3])
                at += 3
            elif raw[at] == "\\":
                piece, at = self._escape(raw, at + 1, node)
                out.append(piece)
            else:
                out.append(raw[at])
                at += 1
        return "".join(out)

    def _escape(self, raw: str, at: int, node: Node) -> tuple[str, int]:
        letter = raw[at : at + 1]
        if letter in _ESCAPES:
            return _ESCAPES[letter], at + 1
        digits = raw[at + 1 : at + 1 + _HEX_DIGITS.get(letter, 0)]
        try:
            return chr(int(digits, 16)), at + 1 + len(digits)
        except (ValueError, OverflowError):
            message = (
                f'"\\{letter}{digits}" is no escape sequence: use \\n \\r \\t \\" \\\\ \\uNNNN or \\UNNNNNNNN'
            )
            raise self._source.error(node, message) from None


def _without_margin(text: str, margin: int, *, first: bool) -> str:
    if not margin:
        return text
    lines = text.split("\n")
    kept = [line if at == 0 and not first else _outdented(line, margin) for at, line in enumerate(lines)]
    return "\n".join(kept)


def _outdented(line: str, margin: int) -> str:
    blanks = len(line) - len(line.lstrip(" \t"))
    return line[min(margin, blanks) :]


def _strip_markers(node: Node) -> tuple[bool, bool]:
    """Whether the text before and the text after an evaluated part lose their blanks."""
    if node.type == _INTERPOLATION:
        return _marker_at(node, 1), _marker_at(node, -2)
    directive = node.named_children[0]
    return _marker_at(directive.children[0], 1), _marker_at(directive.children[-1], -2)


def _marker_at(node: Node, position: int) -> bool:
    return node.child_count > 1 and node.children[position].type == "strip_marker"


def _stripped(text: str, *, left: bool, right: bool) -> str:
    """``text`` without the blanks and line breaks on each marked side."""
    if left:
        text = text.lstrip()
    return text.rstrip() if right else text


def _trimmed(part: Literal, *, left: bool, right: bool) -> Literal:
    return Literal(_stripped(str(part.value), left=left, right=right), part.range)
