"""One block while it is read: its attributes in the types that the model has, its blocks as blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from atlas.engine.hcl_schema.reading.expand import FOR_EACH, instances
from atlas.engine.hcl_schema.reading.scope import Ref, Sql
from atlas.engine.hcl_schema.reading.vocabulary import advice, words_of
from atlas.engine.hcl_schema.sql_text import without_parentheses
from atlas.hcl import evaluate
from atlas.hcl.nodes import Literal, Reference
from atlas.hcl.values import kind, to_number, to_text
from atlas.schema.options import options_of

if TYPE_CHECKING:
    from atlas.engine.hcl_schema.reading.document import Document
    from atlas.engine.hcl_schema.reading.expand import Instance
    from atlas.errors import ParseError
    from atlas.hcl.nodes import Block, Expression
    from atlas.hcl.positions import Range
    from atlas.schema.options import Options


class BlockReader:
    """Reads one block. An attribute that is missing or null is empty: '', (), False or None.

    Attributes:
        title: The block in messages, with where it stands: ``column "id" of table "t"``.
    """

    __slots__ = ("_attributes", "_blocks", "document", "instance", "title")

    def __init__(self, instance: Instance, document: Document, words: str, owner: str = "") -> None:
        self.instance = instance
        self.document = document
        self._attributes = instance.body.attributes
        self._blocks: dict[str, list[BlockReader]] = {}
        label = f' "{instance.labels[-1]}"' if instance.labels else ""
        self.title = f"{instance.type}{label}{f' of {owner}' if owner else ''}"
        self._check(words)

    def _check(self, words: str) -> None:
        known = words_of(words, self.document.family)
        for name in self._attributes:
            if name not in known.attributes and name != FOR_EACH:
                self._warn(
                    self._attributes[name].range,
                    f'unknown attribute "{name}"',
                    advice(name, known.attributes),
                )
        for block in self.instance.body.blocks:
            name = block.labels[0] if block.type == "dynamic" and block.labels else block.type
            if name not in known.blocks:
                self._warn(block.range, f'unknown block "{name}"', advice(name, known.blocks))

    def _warn(self, place: Range, what: str, hint: str) -> None:
        family = self.document.dialect
        self.document.warn(place, f"{what} in {self.title} is left out for {family}: {hint}")

    @property
    def name(self) -> str:
        """The attribute ``name``, else the last label."""
        if "name" in self._attributes:
            return self.text("name")
        return self.instance.labels[-1] if self.instance.labels else ""

    def has(self, name: str) -> bool:
        return name in self._attributes

    def place(self, name: str = "") -> Range:
        """Where the value of an attribute is, else the block."""
        attribute = self._attributes.get(name)
        return self.instance.range if attribute is None else attribute.expression.range

    def error(self, message: str, name: str = "") -> ParseError:
        """An error at an attribute, or at the block."""
        return self.document.error(self.place(name), message)

    def expression(self, name: str) -> Expression | None:
        """What was written."""
        attribute = self._attributes.get(name)
        return None if attribute is None else attribute.expression

    def value(self, name: str) -> object:
        """The value; a bare word that is no variable is a ``Ref`` of one name."""
        attribute = self._attributes.get(name)
        if attribute is None:
            return None
        expression = attribute.expression
        if type(expression) is Literal:
            return expression.value
        if type(expression) is Reference and expression.name not in self.instance.scope.variables:
            return Ref(expression.name)
        return evaluate(expression, self.instance.scope)

    def text(self, name: str) -> str:
        """A string, number or boolean as text."""
        value = self.value(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        try:
            return to_text(value)
        except ValueError:
            raise self._unexpected(name, "a string", value) from None

    def sql(self, name: str) -> str:
        """SQL as a string or ``sql("…")``."""
        value = self.value(name)
        return value.text if isinstance(value, Sql) else self.text(name)

    def sql_expression(self, name: str) -> str:
        """As ``sql``, without the parentheses around all of it."""
        return without_parentheses(self.sql(name))

    def body(self, name: str) -> str:
        """A text of lines; the line break that ends a heredoc is no part of it."""
        text = self.sql(name)
        return text.removesuffix("\n") if self.document.is_heredoc(self.place(name)) else text

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean."""
        if name not in self._attributes:
            return default
        value = self.value(name)
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value in {"true", "false"}:
            return value == "true"
        raise self._unexpected(name, "a bool", value)

    def number(self, name: str) -> int | None:
        """A whole number."""
        value = self.value(name)
        if value is None:
            return None
        try:
            number = to_number(value)
        except ValueError:
            raise self._unexpected(name, "a number", value) from None
        if not float(number).is_integer():
            raise self._unexpected(name, "a whole number", value)
        return int(number)

    def number_or(self, name: str, default: int) -> int:
        """As ``number``, with what a missing one means."""
        number = self.number(name)
        return default if number is None else number

    def word(self, name: str) -> str:
        """A bare word, string or ``sql("…")``; '' when it is missing."""
        value = self.value(name)
        if isinstance(value, Ref) and value.word:
            return value.word
        if isinstance(value, Ref):
            raise self._unexpected(name, "a word", value)
        return self.sql(name)

    def one_of(self, name: str, words: Sequence[str]) -> str:
        """A word of SQL in capitals, with blanks for underscores; '' when it is missing."""
        word = self.word(name).upper().replace("_", " ")
        if word and word not in words:
            known = ", ".join(each.replace(" ", "_") for each in words)
            raise self.error(f'{name}: "{self.word(name)}" is none of {known}', name)
        return word

    def items(self, name: str) -> list[object]:
        """The elements of a list; one value stands for a list of one."""
        value = self.value(name)
        if value is None:
            return []
        return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        try:
            return tuple(
                item.word if isinstance(item, Ref) and item.word else to_text(item)
                for item in self.items(name)
            )
        except ValueError as error:
            raise self.error(f"{name}: {error}", name) from error

    def refs(self, name: str) -> tuple[Ref, ...]:
        """A list of references."""
        items = self.items(name)
        for item in items:
            if not isinstance(item, Ref):
                raise self._unexpected(name, "references such as column.id", item)
        return tuple(item for item in items if isinstance(item, Ref))

    def ref(self, name: str) -> Ref | None:
        """One reference."""
        value = self.value(name)
        if value is None or isinstance(value, Ref):
            return value
        raise self._unexpected(name, "a reference", value)

    def options(self, name: str = "options") -> Options:
        """``{ word = value }``."""
        value = self.value(name)
        if value is None:
            return ()
        if not isinstance(value, Mapping) or isinstance(value, Ref):
            raise self._unexpected(name, "an object", value)
        try:
            return options_of({word: to_text(each) for word, each in value.items()})
        except ValueError as error:
            raise self.error(f"{name}: {error}", name) from error

    def blocks(self, block_type: str, words: str = "") -> list[BlockReader]:
        """The blocks of one type, in order."""
        if not self.instance.body.blocks:
            return []
        found = self._blocks.get(block_type)
        if found is None:
            wanted = [block for block in self.instance.body.blocks if _stands_for(block, block_type)]
            found = self._blocks[block_type] = [
                BlockReader(each, self.document, words or block_type, self.title)
                for each in instances(wanted, self.instance.scope)
            ]
        return found

    def block(self, block_type: str, words: str = "") -> BlockReader | None:
        """The one block of a type."""
        found = self.blocks(block_type, words)
        if len(found) > 1:
            raise found[1].error(f'there can be one "{block_type}" block in {self.title}')
        return found[0] if found else None

    def _unexpected(self, name: str, wanted: str, value: object) -> ParseError:
        if isinstance(value, Ref) and value.word:
            return self.error(f'{name}: unknown variable "{value.word}", expected {wanted}', name)
        found = (
            "a reference" if isinstance(value, Ref) else "sql()" if isinstance(value, Sql) else kind(value)
        )
        return self.error(f"{name}: expected {wanted}, found {found}", name)


def _stands_for(block: Block, block_type: str) -> bool:
    if block.type == "dynamic":
        return block.labels[:1] == (block_type,)
    return block.type == block_type
