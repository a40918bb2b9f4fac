"""One block of a case to its command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.testing.case import (
    ApplyPlan,
    Assert,
    Catch,
    Cleanup,
    Exec,
    Expected,
    External,
    Log,
    MakeSchema,
    Migrate,
    OutputFormat,
)
from atlas.engine.testing.pattern import compiled
from atlas.errors import ParseError, Unsupported
from atlas.hcl import evaluate
from atlas.hcl.nodes import Reference
from atlas.hcl.positions import error_at
from atlas.hcl.values import is_list as is_sequence
from atlas.hcl.values import kind, to_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.testing.case import Command
    from atlas.hcl import Scope
    from atlas.hcl.nodes import Attribute, Block


def read_command(block: Block, kind_: str, scope: Scope) -> Command:
    """The command of a block.

    Raises:
        ParseError: It lacks something, or says what has no meaning.
        Unsupported: A command that this version does not run.
    """
    owner = _OWNERS.get(block.type, kind_)
    if owner != kind_:
        raise error_at(block.range, f'a "{block.type}" block stands in tests of the kind "{owner}" only')
    reader = _READERS.get(block.type)
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise Unsupported(
            f'{block.range}: block "{block.type}" of a test is not supported by this version: expected one of {known}'
        )
    if block.body.blocks:
        raise error_at(block.body.blocks[0].range, f"a block has no meaning inside of {block.type}")
    return reader(_Attributes(block, scope))


class _Attributes:
    """The attributes of one command."""

    def __init__(self, block: Block, scope: Scope) -> None:
        self.block = block
        self._scope = scope

    def only(self, *names: str) -> _Attributes:
        """Refuse all others."""
        for attribute in self.block.body.attributes.values():
            if attribute.name not in names:
                raise error_at(
                    attribute.range,
                    f'{self.block.type} has no attribute "{attribute.name}": expected one of {", ".join(names)}',
                )
        return self

    def text(self, name: str) -> str:
        """A required text."""
        value = self.optional(name)
        if value is None:
            raise error_at(self.block.range, f'{self.block.type} needs the attribute "{name}"')
        return value

    def optional(self, name: str) -> str | None:
        value = self.value(name)
        return None if value is None else _text(self.block.body.attributes[name], value)

    def value(self, name: str) -> object:
        """What an attribute says, None where it is not there."""
        attribute = self.block.body.attributes.get(name)
        return None if attribute is None else evaluate(attribute.expression, self._scope)

    def texts(self, name: str) -> tuple[str, ...]:
        """A required list of texts, with at least one."""
        attribute, value = self.block.body.attributes.get(name), self.value(name)
        if attribute is None or not is_sequence(value) or not value:
            raise error_at(
                attribute.range if attribute else self.block.range,
                f"{self.block.type} needs a list of strings: {name}",
            )
        return tuple(_text(attribute, item) for item in value)

    def word(self, name: str) -> str | None:
        """A bare word, or a text."""
        attribute = self.block.body.attributes.get(name)
        if attribute is not None and isinstance(attribute.expression, Reference):
            return attribute.expression.name
        return self.optional(name)

    def expected(self) -> Expected:
        output, match = self.optional("output"), self.optional("match")
        place = self.block.body.attributes["match"].range if match is not None else self.block.range
        if output is not None and match is not None:
            raise error_at(place, f'{self.block.type} takes "output" or "match", not both')
        if match is not None:
            _check_pattern(match, self.block.body.attributes["match"])
        return Expected(output, match)


def _text(attribute: Attribute, value: object) -> str:
    try:
        return to_text(value)
    except ValueError as error:
        message = f"{attribute.name}: a string is required, found {kind(value)}"
        raise error_at(attribute.range, message) from error


def _check_pattern(text: str, attribute: Attribute) -> None:
    try:
        compiled(text, attribute.name)
    except ParseError as error:
        raise error_at(attribute.range, str(error)) from error


def _exec(given: _Attributes) -> Exec:
    given.only("sql", "format", "output", "match")
    word = given.word("format") or "csv"
    if word not in {form.value for form in OutputFormat}:
        raise error_at(
            given.block.body.attributes["format"].range, f'format: expected csv or table, found "{word}"'
        )
    return Exec(given.block.range, given.text("sql"), given.expected(), OutputFormat(word))


def _catch(given: _Attributes) -> Catch:
    given.only("sql", "error")
    return Catch(given.block.range, given.text("sql"), given.optional("error") or "")


def _assert(given: _Attributes) -> Assert:
    given.only("sql", "error_message")
    return Assert(given.block.range, given.text("sql"), given.optional("error_message") or "")


def _log(given: _Attributes) -> Log:
    return Log(given.block.range, given.only("message").text("message"))


def _external(given: _Attributes) -> External:
    given.only("program", "working_dir", "output", "match")
    working_dir = given.optional("working_dir") or ""
    return External(given.block.range, given.texts("program"), working_dir, given.expected())


def _migrate(given: _Attributes) -> Migrate:
    return Migrate(given.block.range, given.only("to").text("to"))


def _schema(given: _Attributes) -> MakeSchema:
    given.only("url")
    attribute = given.block.body.attributes.get("url")
    is_list = attribute is not None and is_sequence(given.value("url"))
    return MakeSchema(given.block.range, given.texts("url") if is_list else (given.text("url"),))


def _apply(given: _Attributes) -> ApplyPlan:
    return ApplyPlan(given.block.range, given.only("url").text("url"))


def _cleanup(given: _Attributes) -> Cleanup:
    return Cleanup(given.block.range, given.only("sql").text("sql"))


_OWNERS = {"apply": "plan", "migrate": "migrate", "schema": "plan"}
_READERS: dict[str, Callable[[_Attributes], Command]] = {
    "apply": _apply,
    "assert": _assert,
    "catch": _catch,
    "cleanup": _cleanup,
    "exec": _exec,
    "external": _external,
    "log": _log,
    "migrate": _migrate,
    "schema": _schema,
}
