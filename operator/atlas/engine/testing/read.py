"""``*.test.hcl`` to cases: blocks, ``for_each``, and what they may refer to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from atlas.engine.testing.case import Case
from atlas.engine.testing.read_command import read_command
from atlas.errors import ParseError
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.locals import Locals
from atlas.hcl.positions import Range, error_at, error_in_text
from atlas.hcl.values import SetValue, is_number, kind, to_bool, to_text
from atlas.hcl.variables import declared_name, passed_value

if TYPE_CHECKING:
    from atlas.engine.testing.case import Command
    from atlas.hcl.nodes import Attribute, Block, Body
    from atlas.hcl.values import Function

_LABELS = 2
_PLACED = re.compile(r"(?P<name>[^\n]+?):(?P<line>\d+):(?P<column>\d+): (?P<message>[^\n]+)\Z")
KINDS = ("schema", "migrate", "plan", "script")
_BLOCKS = frozenset({"locals", "test", "variable"})


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the expressions of test files may use beside what the files say.

    ``functions`` are given the name of the file that asks: paths are relative to it.
    """

    variables: Mapping[str, object]
    functions: Callable[[str], Mapping[str, Function]]


def read_cases(files: Sequence[tuple[str, str]], kind_: str, inputs: Inputs) -> tuple[Case, ...]:
    """The cases of one kind, in the order of the files; blocks of other kinds are left alone.

    Variables and locals of all files are known in each, those of its own first.

    Raises:
        ParseError: With the place, the line and a caret, for a text or expression that is wrong.
        SpecError: A variable without a value.
    """
    read = [_File(name, text, parse(text, name)) for name, text in files]
    return tuple(case for file in read for case in file.cases(kind_, read, inputs))


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    text: str
    body: Body

    def cases(self, kind_: str, files: Sequence[_File], inputs: Inputs) -> Iterator[Case]:
        with_own_last = [file for file in files if file is not self] + [self]
        scope = _scope([file.body for file in with_own_last], inputs.functions(self.name), inputs.variables)
        for block in self.body.blocks:
            with _shown(self.text):
                if block.type not in _BLOCKS:
                    raise error_at(block.range, f'block "{block.type}" has no meaning in a test file')
                if block.type == "test" and _labels(block)[0] == kind_:
                    yield from _cases_of(block, kind_, scope, self.text)


@contextmanager
def _shown(text: str) -> Iterator[None]:
    """Give errors of the block that begin with a place the line and a caret."""
    try:
        yield
    except ParseError as error:
        found = _PLACED.match(str(error))
        if found is None:
            raise
        line, column = int(found["line"]), int(found["column"])
        place = Range(found["name"], line, column, line, column)
        raise error_in_text(place, found["message"], text) from error


def _labels(block: Block) -> tuple[str, str]:
    if len(block.labels) != _LABELS or block.labels[0] not in KINDS:
        kinds = ", ".join(f'"{name}"' for name in KINDS)
        raise error_at(block.range, f"a test block has two labels: its kind, one of {kinds}, and its name")
    return block.labels[0], block.labels[1]


class _Variables(Mapping[str, object]):
    """Variables by name; one that has no value is an error of whoever asks for it."""

    def __init__(self, blocks: Sequence[Block], passed: Mapping[str, object], scope: Scope) -> None:
        self._blocks = {declared_name(block): block for block in blocks}
        self._passed = cast("Mapping[str, str | list[str]]", passed)  # any value is converted alike
        self._scope = scope

    def __getitem__(self, name: str) -> object:
        return passed_value(self._blocks[name], self._passed, self._scope)

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)


def _scope(bodies: Sequence[Body], functions: Mapping[str, Function], passed: Mapping[str, object]) -> Scope:
    names: dict[str, object] = {}
    scope = Scope(names, functions)
    variables = [block for body in bodies for block in body.blocks_of("variable")]
    names["var"] = _Variables(variables, passed, Scope({}, functions))
    names["local"] = Locals([block for body in bodies for block in body.blocks_of("locals")], scope)
    return scope


def _cases_of(block: Block, kind_: str, scope: Scope, text: str) -> Iterator[Case]:
    _, name = _labels(block)
    known = {"for_each", "skip"} | ({"parallel"} if kind_ == "schema" else set())
    for attribute in block.body.attributes.values():
        if attribute.name not in known:
            words = ", ".join(sorted(known))
            raise error_at(
                attribute.range, f'"{attribute.name}" has no meaning here: expected one of {words}'
            )
    many = block.body.attributes.get("for_each")
    rounds = [("", scope)] if many is None else list(_rounds(many, scope))
    for suffix, inner in rounds:
        yield Case(
            name=name + suffix,
            place=block.range,
            skip=_flag(block, "skip", inner),
            parallel=_flag(block, "parallel", inner),
            commands=_reader(block, kind_, inner, text),
        )


def _rounds(many: Attribute, scope: Scope) -> Iterator[tuple[str, Scope]]:
    """What follows the name in each round, and its scope with ``each``."""
    value = evaluate(many.expression, scope)
    if isinstance(value, Mapping):
        for key, item in sorted(value.items()):
            yield f"/{key}", scope.with_names({"each": {"key": key, "value": item}})
        return
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise error_at(
            many.expression.range, f"for_each: a map, a set or a list is required, found {kind(value)}"
        )
    for number, item in enumerate(value):
        key = item if isinstance(value, SetValue) else number
        yield f"/{number + 1}", scope.with_names({"each": {"key": key, "value": item}})


def _flag(block: Block, name: str, scope: Scope) -> bool:
    attribute = block.body.attributes.get(name)
    if attribute is None:
        return False
    value = evaluate(attribute.expression, scope)
    try:
        return value is not None and to_bool(value)
    except ValueError as error:
        raise error_at(attribute.range, f"{name}: {error}") from error


def _reader(block: Block, kind_: str, scope: Scope, text: str) -> Callable[[str], tuple[Command, ...]]:
    def commands(dev_url: str) -> tuple[Command, ...]:
        inner = scope.with_names({"testing": {"dev_url": dev_url}, "self": {"dev_url": dev_url}})
        with _shown(text):
            return tuple(read_command(each, kind_, inner) for each in block.body.blocks)

    return commands


def texts_in(values: Mapping[str, object]) -> dict[str, object]:
    """Variables that ``atlas.hcl`` sets, with its numbers and booleans as the texts that a command line would have."""
    return {
        name: to_text(value) if isinstance(value, bool) or is_number(value) else value
        for name, value in values.items()
    }
