"""Executes one GraphQL request against a table of resolvers.

graphql-core parses. A resolver gets the arguments of its field and returns plain data; a callable in that data
is called only where its field is selected, so costly fields cost nothing unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    parse,
    value_from_ast_untyped,
)

from atlas.errors import AtlasError, Rejected, Unsupported
from atlas.server.graphql.bounds import Room, check_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

Arguments = Mapping[str, Any]
Value = Any
"""JSON data, or a callable without parameters that returns some."""

_MAX_TOKENS = 5_000


@dataclass(frozen=True, slots=True)
class Request:
    """The body of a POST."""

    query: str
    variables: Mapping[str, Any]
    operation_name: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A field that could not be resolved, and where it stands in the answer."""

    error: AtlasError
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The data of the fields that were resolved, and what failed."""

    data: dict[str, Any] | None
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolvers:
    """What can be asked, by the name of the root field."""

    query: Mapping[str, Callable[[Arguments], Value]]
    mutation: Mapping[str, Callable[[Arguments], Value]]


@dataclass(frozen=True, slots=True)
class _Document:
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    room: Room = field(default_factory=Room)


def execute(request: Request, resolvers: Resolvers) -> Answer:
    """Answer one request; errors of the tree become failures, everything else is a defect and propagates."""
    try:
        document = _read(request)
        return _answer(document, resolvers)
    except AtlasError as error:
        return Answer(None, (Failure(error, ()),))
    except RecursionError:
        return Answer(None, (Failure(Rejected("the query is nested too deeply"), ()),))


def _answer(document: _Document, resolvers: Resolvers) -> Answer:
    kind = document.operation.operation.value
    data: dict[str, Any] = {}
    failures: list[Failure] = []
    for node in _fields(document, document.operation.selection_set):
        key = _key(node)
        try:
            data[key] = _resolve(document, node, kind, resolvers)
        except AtlasError as error:
            data[key] = None
            failures.append(Failure(error, (key,)))
    return Answer(data, tuple(failures))


def _resolve(document: _Document, node: FieldNode, kind: str, resolvers: Resolvers) -> Any:
    name = node.name.value
    if name == "__typename":
        return kind.title()
    table = resolvers.query if kind == "query" else resolvers.mutation
    resolver = table.get(name)
    if resolver is None and kind == "query":
        return None
    if resolver is None:
        raise Unsupported(f'the operation "{name}" is not served by this registry')
    arguments = {
        argument.name.value: _argument(argument.value, document.variables)
        for argument in node.arguments or ()
    }
    return _shape(document, resolver(arguments), node.selection_set, name)


def _shape(document: _Document, value: Value, selection: SelectionSetNode | None, name: str) -> Any:
    if callable(value):
        value = value()
    if isinstance(value, str):
        document.room.take(value)
    if isinstance(value, list):
        return [_shape(document, item, selection, name) for item in value]
    if selection is None or not isinstance(value, Mapping):
        return value
    shaped: dict[str, Any] = {}
    for node in _fields(document, selection):
        key, below = _key(node), node.name.value
        document.room.take(key)
        typename = name[:1].upper() + name[1:] if below == "__typename" else None
        shaped[key] = typename or _shape(document, value.get(below), node.selection_set, below)
    return shaped


def _fields(document: _Document, selection: SelectionSetNode) -> Iterator[FieldNode]:
    """The fields of a selection with fragments spread out and ``@skip`` and ``@include`` obeyed."""
    for node in selection.selections:
        if not _included(document, node.directives):
            continue
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(document, node.selection_set)
        elif isinstance(node, FragmentSpreadNode):
            fragment = document.fragments.get(node.name.value)
            if fragment is None:
                raise Rejected(f'unknown fragment "{node.name.value}"')
            yield from _fields(document, fragment.selection_set)


def _included(document: _Document, directives: Any) -> bool:
    for directive in directives or ():
        condition = next((a.value for a in directive.arguments if a.name.value == "if"), None)
        holds = bool(condition is not None and _argument(condition, document.variables))
        if directive.name.value == "skip" and holds:
            return False
        if directive.name.value == "include" and not holds:
            return False
    return True


def _argument(node: ValueNode, variables: dict[str, Any]) -> Any:
    value = value_from_ast_untyped(node, variables)
    return None if value is Ellipsis else value


def _read(request: Request) -> _Document:
    try:
        document = parse(request.query, max_tokens=_MAX_TOKENS, no_location=True)
    except GraphQLError as error:
        raise Rejected(f"the query does not parse: {error.message}") from error
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    fragments = {n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)}
    chosen = [
        node
        for node in operations
        if request.operation_name is None or (node.name and node.name.value == request.operation_name)
    ]
    if len(chosen) != 1:
        raise Rejected("expected one operation, or its operationName")
    check_fields(chosen[0].selection_set, fragments)
    return _Document(chosen[0], fragments, _variables(chosen[0], request.variables))


def _variables(operation: OperationDefinitionNode, given: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    return {**defaults, **given}


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value
