"""The texts of a project to its values, for one environment or for each of many."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from atlas.errors import SpecError
from atlas.project.environment import read_env
from atlas.project.memory import Memory
from atlas.project.model import CloudSettings, Project
from atlas.project.places import Texts
from atlas.project.read import BlockReader
from atlas.project.rounds import rounds
from atlas.project.scope import Given, project_scope
from atlas.project.select import empty, select_envs
from atlas.project.whole import check_blocks, read_cloud, read_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.engine.lint.policy import LintPolicy
    from atlas.engine.plan.options import DiffPolicy
    from atlas.hcl import Scope
    from atlas.hcl.nodes import Block, Body
    from atlas.hcl.values import Function
    from atlas.project.data import ReadSource
    from atlas.project.model import Env
    from atlas.project.testing import TestSettings


def load(
    files: Sequence[tuple[str, str]],
    *,
    env_name: str | None,
    variables: Mapping[str, str | list[str]],
    sources: Mapping[str, ReadSource] = MappingProxyType({}),
    functions: Mapping[str, Function] | None = None,
) -> Project:
    """As ``load_all``, for exactly one environment.

    Raises:
        SpecError: ``multiple envs found for "x"``, beside what ``load_all`` raises.
    """
    found = load_all(
        files,
        env_name=env_name,
        variables=variables,
        sources=sources,
        functions=functions,
    )
    if len(found) > 1:
        places = ", ".join(dict.fromkeys(str(project.env.place) for project in found if project.env))
        raise SpecError(
            f'multiple envs found for "{env_name}": {places}: expected one target, found {len(found)}: '
            "let for_each have one element, or give each block a label of its own"
        )
    return found[0]


def load_all(
    files: Sequence[tuple[str, str]],
    *,
    env_name: str | None,
    variables: Mapping[str, str | list[str]],
    sources: Mapping[str, ReadSource] = MappingProxyType({}),
    functions: Mapping[str, Function] | None = None,
) -> tuple[Project, ...]:
    """The project of every ``env`` block instance that ``env_name`` means, at least one, in the order of the files.

    ``files`` are pairs of name and text that are read together. ``env_name`` None leaves every ``env`` block alone:
    then there is one project without an environment. ``functions`` are all functions of its expressions; without them
    those that need nothing of the world: no environment, no files, no time.

    Raises:
        ParseError: ``file:line:column: …`` for a text or expression that is wrong, with the line and a caret.
        SpecError: No such environment; a required variable without a value.
        Unsupported: The environment needs something that this version does not serve.
        AtlasError: Whatever a data source raises, with the place of its block in front.
    """
    opened = _open(files, env_name, variables, functions, sources)
    with opened.texts.shown():
        check_blocks(opened.body, runs=env_name is not None)
        if env_name is None:
            return (_project(opened, None, None),)
        envs = select_envs(opened.body.blocks_of("env"), env_name)
        found = tuple(
            _project(opened, BlockReader(block.body, each), read_env(block, env_name, each))
            for block in envs
            for each in _instances(block, env_name, opened.scope)
        )
        if not found:
            raise empty(env_name, envs)
        return found


def load_cloud(
    files: Sequence[tuple[str, str]],
    *,
    env_name: str | None,
    variables: Mapping[str, str | list[str]],
    sources: Mapping[str, ReadSource] = MappingProxyType({}),
    functions: Mapping[str, Function] | None = None,
) -> CloudSettings | None:
    """What ``load_all`` would say of the registry, and nothing else: for data sources that ask a registry.

    Raises:
        AtlasError: As ``load_all``.
    """
    opened = _open(files, env_name, variables, functions, sources)
    with opened.texts.shown():
        return read_cloud(opened.body, opened.scope)


class _Opened(NamedTuple):
    """The blocks of a project with their names; nothing is evaluated yet."""

    texts: Texts
    body: Body
    scope: Scope
    memory: Memory


def _open(
    files: Sequence[tuple[str, str]],
    env_name: str | None,
    variables: Mapping[str, str | list[str]],
    functions: Mapping[str, Function] | None,
    sources: Mapping[str, ReadSource],
) -> _Opened:
    if functions is None:
        from atlas.hcl.functions import hcl_functions

        functions = hcl_functions({}, None)
    texts, memory = Texts(dict(files)), Memory()
    with texts.shown():
        body = read_together(files)
        scope = project_scope(body, Given(env_name or "", variables, functions, sources, memory))
    return _Opened(texts, body, scope, memory)


def _instances(block: Block, env_name: str, scope: Scope) -> Iterator[Scope]:
    """The scope of every element of ``for_each``; without a label only those whose ``name`` is the asked one."""
    many = block.body.attributes.get("for_each")
    for each in [one.scope for one in rounds(many, scope)] if many is not None else [scope]:
        if block.labels or BlockReader(block.body, each).text("name") == env_name:
            yield each


def _project(opened: _Opened, env: BlockReader | None, settings: Env | None) -> Project:
    shared = BlockReader(opened.body, opened.scope)

    def parts(name: str) -> tuple[BlockReader | None, BlockReader | None]:
        return env.block(name) if env else None, shared.block(name)

    def read_diff() -> DiffPolicy:
        from atlas.project.diff_policy import read_diff_policy

        with opened.texts.shown():
            return read_diff_policy(*parts("diff"))

    def read_lint() -> LintPolicy:
        from atlas.project.lint import read_lint_policy

        with opened.texts.shown():
            return read_lint_policy(*parts("lint"))

    def tests() -> TestSettings:
        from atlas.project.testing import read_tests

        with opened.texts.shown():
            return read_tests(*parts("test"))

    return Project(
        cloud=read_cloud(opened.body, opened.scope),
        env=settings,
        read_diff=read_diff,
        read_lint=read_lint,
        read_tests=tests,
        memory=opened.memory,
    )
