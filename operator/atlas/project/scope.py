"""The names of a project file: one graph of variables, locals and data sources, each computed when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from atlas.errors import AtlasError, SpecError, Unsupported
from atlas.hcl import Scope, evaluate
from atlas.hcl.positions import error_at
from atlas.hcl.variables import declared_name, declared_value
from atlas.project.lazy import Entry, Lazy
from atlas.project.places import in_front
from atlas.project.read import BlockReader
from atlas.project.rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.hcl.nodes import Block, Body, Expression
    from atlas.hcl.positions import Range
    from atlas.hcl.values import Function
    from atlas.project.data import ReadSource
    from atlas.project.memory import Memory


class Given(NamedTuple):
    """What a project file is evaluated with: its variables by flag, its functions, and what reads data sources."""

    env_name: str
    variables: Mapping[str, str | list[str]]
    functions: Mapping[str, Function]
    sources: Mapping[str, ReadSource]
    memory: Memory


def project_scope(body: Body, given: Given) -> Scope:
    """``var``, ``local``, ``data``, ``atlas`` and the functions.

    Raises:
        ParseError: Two of one name, or a block whose labels are not those of its kind.
        SpecError: A required variable has no value.
    """
    names: dict[str, object] = {}
    scope = Scope(names, given.functions)
    names["atlas"] = Lazy("atlas", _atlas(body, given, scope))
    names["var"] = Lazy("var", _variables(body, given, scope))
    names["local"] = Lazy("local", _locals(body, scope))
    names["data"] = _data(body, given, scope)
    names |= {block.type: _Unserved(block) for block in body.blocks_of("docker")}
    return scope


class _Unserved(Mapping[str, object]):
    """A kind of block that costs nothing until something refers to it."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def __getitem__(self, name: str) -> object:
        raise Unsupported(
            f'{self._block.range}: block "{self._block.type}" is not supported by this version, which starts no '
            "containers: start the database yourself, and write its URL"
        )

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _atlas(body: Body, given: Given, scope: Scope) -> dict[str, Entry]:
    entries = {"env": Entry(body.range, lambda: given.env_name)}
    for block in body.blocks_of("atlas")[:1]:
        for cloud in block.body.blocks_of("cloud")[:1]:
            found = Lazy(
                "atlas.cloud",
                {
                    name: Entry(attribute.range, _computed(attribute.expression, scope))
                    for name, attribute in cloud.body.attributes.items()
                },
            )
            entries["cloud"] = Entry(cloud.range, lambda: found)  # noqa: B023  one block at most
    return entries


def _computed(expression: Expression, scope: Scope) -> Callable[[], object]:
    return lambda: evaluate(expression, scope)


def _variables(body: Body, given: Given, scope: Scope) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for block in body.blocks_of("variable"):
        name = declared_name(block)
        _refuse_second(entries, name, f'variable "{name}"', block.range)
        entries[name] = Entry(block.range, _variable(block, given, scope))
    return entries


def _variable(block: Block, given: Given, scope: Scope) -> Callable[[], object]:
    """A default is computed when it is asked for; what was passed, or should have been, is checked at once."""
    if declared_name(block) not in given.variables and "default" in block.body.attributes:
        return lambda: declared_value(block, given.variables, scope)
    try:
        value = declared_value(block, given.variables, scope)
    except SpecError as error:
        name = declared_name(block)
        raise SpecError(
            f"{block.range}: {error}: expected --var {name}=VALUE, or a default in the block"
        ) from error
    return lambda: value


def _locals(body: Body, scope: Scope) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for block in body.blocks_of("locals"):
        for name, attribute in block.body.attributes.items():
            _refuse_second(entries, name, f'local "{name}"', attribute.range)
            entries[name] = Entry(attribute.range, _computed(attribute.expression, scope))
    return entries


def _refuse_second(entries: Mapping[str, Entry], name: str, what: str, place: Range) -> None:
    if name in entries:
        raise error_at(place, f"{what} was already set at {entries[name].place}")


_LABELS_OF_DATA = 2


def _data(body: Body, given: Given, scope: Scope) -> dict[str, Lazy]:
    types: dict[str, dict[str, Entry]] = {}
    for block in body.blocks_of("data"):
        if len(block.labels) != _LABELS_OF_DATA:
            raise error_at(block.range, 'a data block has two labels, as data "sql" "tenants"')
        entries = types.setdefault(block.labels[0], {})
        _refuse_second(entries, block.labels[1], f"data.{'.'.join(block.labels)}", block.range)
        entries[block.labels[1]] = Entry(block.range, _source(block, given, scope))
    return {name: Lazy(f"data.{name}", entries) for name, entries in types.items()}


def _source(block: Block, given: Given, scope: Scope) -> Callable[[], object]:
    def read() -> object:
        many = block.body.attributes.get("for_each")
        if many is None:
            return _read(block, given, scope)
        return {str(each.key): _read(block, given, each.scope) for each in rounds(many, scope)}

    return read


def _read(block: Block, given: Given, scope: Scope) -> object:
    type_, name = block.labels
    source = given.sources.get(type_)
    if source is None:
        known = ", ".join(sorted(given.sources))
        raise Unsupported(
            f'{block.range}: data source "{type_}" is not supported by this version'
            + (f": expected one of {known}" if known else "")
        )
    from atlas.project.data import SourceCall

    call = SourceCall(type_, name, BlockReader(block.body, scope), block.range, given.memory)
    try:
        return source(call)
    except AtlasError as error:
        in_front(block.range, error)
        raise
