"""The text of a project file to its values for one environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Unsupported
from atlas.hcl import Scope, parse
from atlas.hcl.functions import hcl_functions
from atlas.hcl.positions import error_at
from atlas.hcl.variables import read_variables
from atlas.project.diff_policy import read_diff_policy
from atlas.project.environment import read_env
from atlas.project.lint import read_lint_policy
from atlas.project.model import CloudSettings, Project
from atlas.project.read import BlockReader
from atlas.project.scope import project_scope
from atlas.project.select import select_env

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.hcl.functions import ReadFile
    from atlas.hcl.nodes import Body

_RUN_CHANGING = ("check", "hook", "deployment")


def load(
    text: str,
    *,
    file_name: str,
    env_name: str | None,
    variables: Mapping[str, str | list[str]],
    environ: Mapping[str, str],
    read_file: ReadFile | None = None,
) -> Project:
    """The project in ``text``; ``env_name`` None leaves every ``env`` block alone.

    Raises:
        ParseError: ``file:line:column: …`` for a text or expression that is wrong.
        SpecError: No such environment, or more than one; a required variable without a value.
        Unsupported: The environment needs something that this version does not serve.
    """
    body = parse(text, file_name)
    functions = hcl_functions(environ, read_file)
    chosen = select_env(body, env_name) if env_name is not None else None
    if chosen is not None:
        _refuse_run_changing(body)
    scope = project_scope(body, read_variables(body, variables, functions), env_name, functions)
    return Project(
        cloud=_cloud(body, scope),
        env=read_env(chosen, env_name, scope) if chosen is not None and env_name is not None else None,
        diff=read_diff_policy(
            BlockReader(chosen.body, scope).block("diff") if chosen is not None else None,
            BlockReader(body, scope).block("diff"),
        ),
        read_lint=lambda: read_lint_policy(
            BlockReader(chosen.body, scope).block("lint") if chosen is not None else None,
            BlockReader(body, scope).block("lint"),
        ),
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
