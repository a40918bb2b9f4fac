"""A parsed template and data to text: control flow, variables' scopes, printing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from atlas.gotemplate.expressions import Evaluator
from atlas.gotemplate.formatting import plain
from atlas.gotemplate.nodes import Action, Break, Call, Continue, If, Pipe, Range, Text, With
from atlas.gotemplate.quoting import quote
from atlas.gotemplate.values import NO_VALUE, is_integer, is_list, is_map, sorted_items, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from atlas.gotemplate.nodes import Body, Statement
    from atlas.gotemplate.parse import Template

_MAX_DEPTH: Final = 100
"""Templates that call templates; Go stops at 100,000, Python's stack far earlier."""


class _Jump(Exception):  # noqa: N818  control flow, not an error
    """``break`` and ``continue`` on their way to their loop."""

    def __init__(self, statement: Break | Continue) -> None:
        super().__init__()
        self.statement = statement


def execute(template: Template, data: object, functions: Mapping[str, Callable[..., object]]) -> str:
    """The text of ``template`` for ``data``. Raises ParseError with Go's words and place."""
    run = _Run(template, functions)
    run.call(template.name, template.body, NO_VALUE if data is None else data)
    return "".join(run.out)


class _Run:
    def __init__(self, template: Template, functions: Mapping[str, Callable[..., object]]) -> None:
        self._defined = template.defined
        self._places = template.places
        self._evaluator = Evaluator(template.name, template.source, functions)
        self._depth = 0
        self.out: list[str] = []

    def call(self, name: str, body: Body, dot: object) -> None:
        """Run the body of a template with variables of its own."""
        evaluator = self._evaluator
        caller, variables = evaluator.name, evaluator.variables
        place = evaluator.root, evaluator.source
        evaluator.name, evaluator.variables = name, [("$", dot)]
        evaluator.root, evaluator.source = self._places.get(name, place)
        self._depth += 1
        self._body(dot, body)
        self._depth -= 1
        evaluator.name, evaluator.variables = caller, variables
        evaluator.root, evaluator.source = place

    def _body(self, dot: object, body: Body) -> None:
        for statement in body:
            self._statement(dot, statement)

    def _statement(self, dot: object, statement: Statement) -> None:
        self._evaluator.node = statement
        match statement:
            case Text(text):
                self.out.append(text)
            case Action(pipe):
                self._action(dot, statement, pipe)
            case If() | With():
                self._branch(dot, statement)
            case Range():
                self._range(dot, statement)
            case Call():
                self._call(dot, statement)
            case Break() | Continue():
                raise _Jump(statement)
            case _:
                assert_never(statement)

    def _action(self, dot: object, action: Action, pipe: Pipe) -> None:
        value = self._evaluator.pipeline(dot, pipe)
        if pipe.declared:
            return
        self._evaluator.node = action
        if callable(value):
            self._evaluator.fail("can't print a function")
        self.out.append(plain(value))

    def _branch(self, dot: object, branch: If | With) -> None:
        variables = self._evaluator.variables
        scope = len(variables)
        value = self._evaluator.pipeline(dot, branch.pipe)
        if truth(value):
            self._body(value if isinstance(branch, With) else dot, branch.body)
        else:
            self._body(dot, branch.otherwise)
        del variables[scope:]

    def _range(self, dot: object, loop: Range) -> None:
        variables = self._evaluator.variables
        scope = len(variables)
        value = self._evaluator.pipeline(dot, loop.pipe)
        empty = True
        for key, item in self._items(value, loop):
            empty = False
            if not self._iteration(key, item, loop):
                break
        if empty:
            self._body(dot, loop.otherwise)
        del variables[scope:]

    def _items(self, value: object, loop: Range) -> Iterable[tuple[object, object]]:  # noqa: RET503  fail never returns
        if value is NO_VALUE or value is None:
            return ()
        if is_list(value):
            return enumerate(value)
        if is_map(value):
            return sorted_items(value)
        if is_integer(value):
            if len(loop.pipe.declared) > 1:
                self._evaluator.fail(f"can't use {value} to iterate over more than one variable")
            return ((NO_VALUE, number) for number in range(value))
        self._evaluator.fail(f"range can't iterate over {plain(value)}")

    def _iteration(self, key: object, item: object, loop: Range) -> bool:
        """Run the body once; False says that it asked to stop."""
        variables = self._evaluator.variables
        names = loop.pipe.declared
        values = (key, item) if len(names) > 1 else (item,)
        if loop.pipe.assigns:
            for name, value in zip(names, values, strict=True):
                self._evaluator.assign(name, value)
        elif names:
            variables[-len(names) :] = zip(names, values, strict=True)
        scope = len(variables)
        try:
            self._body(item, loop.body)
        except _Jump as jump:
            return isinstance(jump.statement, Continue)
        finally:
            del variables[scope:]
        return True

    def _call(self, dot: object, call: Call) -> None:
        body = self._defined.get(call.name)
        if body is None:
            self._evaluator.fail(f"template {quote(call.name)} not defined")
        if self._depth >= _MAX_DEPTH:
            self._evaluator.fail(f"exceeded maximum template depth ({_MAX_DEPTH})")
        value = NO_VALUE if call.pipe is None else self._evaluator.pipeline(dot, call.pipe)
        self.call(call.name, body, value)
