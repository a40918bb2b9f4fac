"""tree-sitter's nodes to expressions. Strings and heredocs are read by ``templates``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.hcl.nodes import (
    Attribution,
    Binary,
    Call,
    Conditional,
    ForList,
    ForObject,
    Index,
    Item,
    ListExpression,
    Literal,
    Loop,
    ObjectEntry,
    ObjectExpression,
    Reference,
    Splat,
    Unary,
)
from atlas.hcl.templates import TemplateReader
from atlas.hcl.values import read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from atlas.hcl.nodes import Expression
    from atlas.hcl.source import Source
    from atlas.hcl.values import Number

_OPERATORS = frozenset({"+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"})
_STEPS = frozenset({"get_attr", "index", "splat"})
_MAX_DEPTH = 100
"""Nested expressions; far above any file, far below Python's own limit."""


class ExpressionReader:
    """Reads the expressions of one source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._templates = TemplateReader(source, self.expression)
        self._depth = 0

    def string(self, node: Node) -> str:
        """The text of a ``string_lit``, which has no interpolation."""
        return self._templates.string(node)

    def expression(self, node: Node) -> Expression:
        """The expression of a node of type ``expression``."""
        if self._depth >= _MAX_DEPTH:
            raise self._source.error(node, f"expressions are nested deeper than {_MAX_DEPTH} levels")
        self._depth += 1
        try:
            return self._sequence([child for child in node.children if child.type != "comment"])
        finally:
            self._depth -= 1

    def _sequence(self, nodes: Sequence[Node]) -> Expression:
        """A term and the steps after it, as they stand side by side in tree-sitter's tree."""
        if nodes[0].type == "(":
            value, rest = self.expression(nodes[1]), nodes[3:]
        else:
            value, rest = self._term(nodes[0]), nodes[1:]
        return self._steps(value, nodes[0], rest)

    def _steps(self, value: Expression, first: Node, steps: Sequence[Node]) -> Expression:
        for step in steps:
            if step.type not in _STEPS:
                raise self._source.error(step, f"unexpected {step.type} after an expression")
            value = self._step(value, first, step)
        return value

    def _step(self, value: Expression, first: Node, step: Node) -> Expression:
        place = self._source.range(first, step)
        if step.type == "get_attr":
            return Attribution(value, self._source.text_of(step.named_children[-1]), place)
        inner = step.named_children[0]
        if step.type == "splat":
            return self._splat(value, first, inner)
        if inner.type == "legacy_index":
            number = self._source.text_of(inner).lstrip(".").strip()
            return Index(value, Literal(int(number), self._source.range(inner)), place)
        key = next(child for child in inner.named_children if child.type == "expression")
        return Index(value, self.expression(key), place)

    def _splat(self, value: Expression, first: Node, splat: Node) -> Expression:
        """``.*`` passes on attributes only: an index behind it is one of the resulting list (HCL spec, Splat)."""
        steps = splat.named_children
        repeated = len(steps)
        if splat.type == "attr_splat":
            repeated = next((at for at, step in enumerate(steps) if step.type != "get_attr"), len(steps))
        each = self._steps(Item(self._source.range(splat)), splat, steps[:repeated])
        return self._steps(Splat(value, each, self._source.range(first, splat)), first, steps[repeated:])

    def _term(self, node: Node) -> Expression:  # noqa: PLR0911  one case a node
        match node.type:
            case "expression":
                return self.expression(node)
            case "literal_value":
                return self._literal(node.named_children[0])
            case "template_expr":
                return self._templates.template(node.named_children[0])
            case "variable_expr":
                return Reference(self._source.text_of(node), self._source.range(node))
            case "function_call":
                return self._call(node)
            case "collection_value" | "for_expr" | "operation":
                return self._compound(node.named_children[0])
            case "conditional":
                parts = [child for child in node.named_children if child.type == "expression"]
                condition, then, otherwise = map(self.expression, parts)
                return Conditional(condition, then, otherwise, self._source.range(node))
            case _:
                raise self._source.error(node, f"expected an expression, found {node.type}")

    def _compound(self, node: Node) -> Expression:
        match node.type:
            case "tuple":
                items = [child for child in node.named_children if child.type == "expression"]
                return ListExpression(tuple(map(self.expression, items)), self._source.range(node))
            case "object":
                elements = [child for child in node.named_children if child.type == "object_elem"]
                return ObjectExpression(tuple(map(self._entry, elements)), self._source.range(node))
            case "for_tuple_expr":
                return self._for_list(node)
            case "for_object_expr":
                return self._for_object(node)
            case "unary_operation":
                operand = self._sequence([child for child in node.children[1:] if child.type != "comment"])
                return Unary(self._source.text_of(node.children[0]), operand, self._source.range(node))
            case "binary_operation":
                return self._binary(node)
            case _:
                raise self._source.error(node, f"expected an expression, found {node.type}")

    def _literal(self, node: Node) -> Literal:
        text, place = self._source.text_of(node), self._source.range(node)
        match node.type:
            case "string_lit":
                return Literal(self._templates.string(node), place)
            case "bool_lit":
                return Literal(text == "true", place)
            case "null_lit":
                return Literal(None, place)
            case _:
                return Literal(self._number(text, node), place)

    def _number(self, text: str, node: Node) -> Number:
        try:
            return int(text) if text.isdigit() else read_number(text)
        except ValueError as error:
            raise self._source.error(node, str(error)) from error

    def _entry(self, node: Node) -> ObjectEntry:
        key, value = (child for child in node.named_children if child.type == "expression")
        bare = key.named_children
        if key.child_count == 1 and bare and bare[0].type == "variable_expr":
            name = self._source.text_of(bare[0])
            return ObjectEntry(Literal(name, self._source.range(key)), self.expression(value))
        return ObjectEntry(self.expression(key), self.expression(value))

    def _call(self, node: Node) -> Call:
        name = self._source.text_of(node).partition("(")[0].strip()
        arguments = next((child for child in node.named_children if child.type == "function_arguments"), None)
        children = arguments.named_children if arguments else []
        return Call(
            name,
            tuple(self.expression(child) for child in children if child.type == "expression"),
            any(child.type == "ellipsis" for child in children),
            self._source.range(node),
        )

    def _binary(self, node: Node) -> Binary:
        children = [child for child in node.children if child.type != "comment"]
        at = next(at for at, child in enumerate(children) if child.type in _OPERATORS)
        return Binary(
            self._source.text_of(children[at]),
            self._sequence(children[:at]),
            self._sequence(children[at + 1 :]),
            self._source.range(node),
        )

    def _loop(self, node: Node) -> Loop:
        intro = next(child for child in node.named_children if child.type == "for_intro")
        names = [self._source.text_of(child) for child in intro.named_children if child.type == "identifier"]
        collection = next(child for child in intro.named_children if child.type == "expression")
        filtered = next((child for child in node.named_children if child.type == "for_cond"), None)
        condition = None
        if filtered is not None:
            condition = self.expression(next(c for c in filtered.named_children if c.type == "expression"))
        key = names[0] if len(names) > 1 else ""
        return Loop(key, names[-1], self.expression(collection), condition)

    def _for_list(self, node: Node) -> ForList:
        result = next(child for child in node.named_children if child.type == "expression")
        return ForList(self._loop(node), self.expression(result), self._source.range(node))

    def _for_object(self, node: Node) -> ForObject:
        key, value = (child for child in node.named_children if child.type == "expression")
        groups = any(child.type == "ellipsis" for child in node.named_children)
        place = self._source.range(node)
        return ForObject(self._loop(node), self.expression(key), self.expression(value), groups, place)
