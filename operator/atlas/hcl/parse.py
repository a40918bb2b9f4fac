"""HCL text to a syntax tree: bodies, attributes and blocks. Expressions are read by ``expressions``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from atlas.errors import ParseError
from atlas.hcl.expressions import ExpressionReader
from atlas.hcl.nodes import Attribute, Block, Body
from atlas.hcl.positions import Range
from atlas.hcl.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

_EXPONENT: Final = re.compile(rb"(?<![\w.])\d+[eE][+-]?\d+(?!\w)")
"""A number such as ``1e3``, which the grammar knows only as ``1.0e3``. Digits of the same length stand in for it while the
tree is made; every text is read from the source as it is."""


def parse(text: str, file_name: str) -> Body:
    """The body of a file.

    Raises:
        ParseError: ``file:line:column: message`` and the line with a caret.
    """
    try:
        source = Source(text.removeprefix("\ufeff"), file_name)
    except UnicodeEncodeError as error:
        line = 1 + text.count("\n", 0, error.start)
        raise ParseError(f"{file_name}:{line}: the text is not UTF-8: save the file as UTF-8") from error
    tree = _tree(source.content)
    if tree.root_node.has_error and _EXPONENT.search(source.content):
        tree = _tree(_EXPONENT.sub(lambda found: b"0" * len(found[0]), source.content))
    if tree.root_node.has_error:
        from atlas.hcl.diagnosis import diagnose

        raise diagnose(source, tree.root_node)
    body = next((child for child in tree.root_node.named_children if child.type == "body"), None)
    if body is None:
        return Body({}, (), Range(file_name, 1, 1, 1, 1))
    return _BodyReader(source).body(body)


def _tree(content: bytes) -> Tree:
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_hcl.language())).parse(content)


class _BodyReader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._expressions = ExpressionReader(source)

    def body(self, node: Node) -> Body:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        last_row = -1
        for child in node.named_children:
            if child.type == "comment":
                continue
            if child.start_point.row == last_row:
                raise self._source.error(child, "a new line was expected before this")
            last_row = child.end_point.row
            if child.type == "attribute":
                self._add(attributes, self._attribute(child), child)
            else:
                blocks.append(self._block(child))
        return Body(attributes, tuple(blocks), self._source.range(node))

    def _add(self, attributes: dict[str, Attribute], attribute: Attribute, node: Node) -> None:
        known = attributes.get(attribute.name)
        if known is not None:
            raise self._source.error(node, f'attribute "{attribute.name}" was already set at {known.range}')
        attributes[attribute.name] = attribute

    def _attribute(self, node: Node) -> Attribute:
        name, value = (child for child in node.named_children if child.type != "comment")
        return Attribute(
            self._source.text_of(name), self._expressions.expression(value), self._source.range(node)
        )

    def _block(self, node: Node) -> Block:
        children = [child for child in node.named_children if child.type != "comment"]
        opening = next(child for child in children if child.type == "block_start")
        header = children[: children.index(opening)]
        body = next((child for child in children if child.type == "body"), None)
        place = self._source.range(header[0], header[-1])
        return Block(
            type=self._source.text_of(header[0]),
            labels=tuple(self._label(label) for label in header[1:]),
            body=Body({}, (), self._source.range(opening)) if body is None else self.body(body),
            range=place,
        )

    def _label(self, node: Node) -> str:
        if node.type == "identifier":
            return self._source.text_of(node)
        return self._expressions.string(node)
