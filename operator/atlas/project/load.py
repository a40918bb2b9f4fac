"""The texts of a project to its values, for one environment or for each of many."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unsupported
from atlas.hcl import Scope, parse
from atlas.hcl.functions import hcl_functions
from atlas.hcl.nodes import Body
from atlas.hcl.positions import error_at
from atlas.project.data import Memory
from atlas.project.diff_policy import read_diff_policy
from atlas.project.environment import read_env
from atlas.project.lint import read_lint_policy
from atlas.project.model import CloudSettings, Project
from atlas.project.places import Texts
from atlas.project.read import BlockReader
from atlas.project.rounds import rounds
from atlas.project.scope import Given, project_scope
from atlas.project.select import select_envs, undefined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from atlas.engine.lint.policy import LintPolicy
    from atlas.hcl.functions import ReadFile
    from atlas.hcl.nodes import Block
    from atlas.project.data import ReadSource
    from atlas.project.model import Env

_RUN_CHANGING = ("check", "hook", "deployment")


def load(
    files: Sequence[tuple[str, str]],
    *,
    env_name: str | None,
    variables: Mapping[str, str | list[str]],
    environ: Mapping[str, str],
    read_file: ReadFile | None = None,
    sources: Mapping[str, ReadSource] = MappingProxyType({}),
) -> Project:
    """As ``load_all``, for exactly one environment.

    Raises:
        SpecError: ``multiple envs found for "x"``, beside what ``load_all`` raises.
    """
    found = load_all(
        files, env_name=env_name, variables=variables, environ=environ, read_file=read_file, sources=sources
    )
    if len(found) > 1:
        places = ", ".join(dict.fromkeys(str(project.env.place) for project in found if project.env))
        raise SpecError(
            f'multiple envs found for "{env_name}": {places}: expected one target, found {len(found)}'
        )
    return found[0]


def load_all(
    files: Sequence[tuple[str, str]],
    *,
    env_name: str | None,
    variables: Mapping[str, str | list[str]],
    environ: Mapping[str, str],
    read_file: ReadFile | None = None,
    sources: Mapping[str, ReadSource] = MappingProxyType({}),
) -> tuple[Project, ...]:
    """The project of every ``env`` block instance that ``env_name`` means, at least one, in the order of the files.

    ``files`` are pairs of name and text that are read together. ``env_name`` None leaves every ``env`` block alone:
    then there is one project without an environment.

    Raises:
        ParseError: ``file:line:column: …`` for a text or expression that is wrong, with the line and a caret.
        SpecError: No such environment; a required variable without a value.
        Unsupported: The environment needs something that this version does not serve.
        AtlasError: Whatever a data source raises, with the place of its block in front.
    """
    texts = Texts(dict(files))
    body = _together([parse(text, name) for name, text in files])
    given = Given(env_name or "", variables, hcl_functions(environ, read_file), sources, Memory())
    with texts.shown():
        scope = project_scope(body, given)
        cloud = _cloud(body, scope)
        shared = BlockReader(body, scope)
        if env_name is None:
            return (_project(texts, given.memory, cloud, None, shared, None),)
        chosen = select_envs(body.blocks_of("env"), env_name)
        _refuse_run_changing(body)
        found = tuple(
            _project(
                texts,
                given.memory,
                cloud,
                BlockReader(block.body, each),
                shared,
                read_env(block, env_name, each),
            )
            for block in chosen
            for each in _instances(block, env_name, scope)
        )
        if not found:
            raise undefined(env_name, body.blocks_of("env"))
        return found


def _together(bodies: Sequence[Body]) -> Body:
    """One body with the blocks of all files; attributes outside of blocks mean nothing here."""
    return Body({}, tuple(block for body in bodies for block in body.blocks), bodies[0].range)


def _instances(block: Block, env_name: str, scope: Scope) -> Iterator[Scope]:
    """The scope of every element of ``for_each``; without a label only those whose ``name`` is the asked one."""
    many = block.body.attributes.get("for_each")
    for each in [one.scope for one in rounds(many, scope)] if many is not None else [scope]:
        if block.labels or BlockReader(block.body, each).text("name") == env_name:
            yield each


def _project(
    texts: Texts,
    memory: Memory,
    cloud: CloudSettings | None,
    env: BlockReader | None,
    shared: BlockReader,
    settings: Env | None,
) -> Project:
    def read_lint() -> LintPolicy:
        with texts.shown():
            return read_lint_policy(env.block("lint") if env else None, shared.block("lint"))

    return Project(
        cloud=cloud,
        env=settings,
        diff=read_diff_policy(env.block("diff") if env else None, shared.block("diff")),
        read_lint=read_lint,
        memory=memory,
    )


def _refuse_run_changing(body: Body) -> None:
    """Checks, hooks and staged deployments guard a run: one that ignored them would be less than was asked for."""
    for block_type in _RUN_CHANGING:
        for block in body.blocks_of(block_type):
            raise Unsupported(f'{block.range}: block "{block_type}" is not supported by this version')


def _cloud(body: Body, scope: Scope) -> CloudSettings | None:
    blocks = body.blocks_of("atlas")
    if len(blocks) > 1:
        raise error_at(blocks[1].range, f"there can be one atlas block, the first is at {blocks[0].range}")
    cloud = BlockReader(blocks[0].body, scope).block("cloud") if blocks else None
    if cloud is None:
        return None
    return CloudSettings(
        url=cloud.text("url"), token=cloud.text("token"), project=cloud.text("project"), org=cloud.text("org")
    )
