"""What a project file says, over what the spec of an AtlasSchema says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.plan import DiffPolicy
from atlas.hcl.nodes import Literal
from atlas.hcl.values import is_number, to_text
from atlas.reconcile.backup_spec import BackupSpec
from atlas.reconcile.over_spec import (
    backups_over,
    cloud_over,
    dev_over,
    target_over,
    word_over,
)
from atlas.reconcile.project_file import evaluated, read_variables
from atlas.reconcile.schema.spec import LintSpec, Review

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.engine.lint import LintPolicy
    from atlas.project import CloudSettings, Env
    from atlas.reconcile.project_file import WithVariables
    from atlas.reconcile.schema.passing import SchemaPass
    from atlas.reconcile.schema.spec import DesiredSpec, SchemaSpec
    from atlas.reconcile.spec import CloudSpec


def find_project(run: SchemaPass) -> None:
    """Where the resource brings a project file, let it complete the spec. Variables are also those of HCL states."""
    if run.spec.config.is_given:
        with evaluated(run, with_policies=True) as found:
            run.memory = found.project.memory
            run.spec = schema_over(run.spec, found)
    elif run.spec.config.variables:
        run.spec = replace(run.spec, desired=replace(run.spec.desired, variables=read_variables(run)))


def schema_over(spec: SchemaSpec, found: WithVariables) -> SchemaSpec:
    """The spec as an environment completes it."""
    env = found.project.env
    return replace(
        spec,
        target=target_over(spec.target, env),
        dev=dev_over(spec.dev, env),
        cloud=_cloud_over(spec.cloud, found.project.cloud, env),
        desired=_desired_over(spec.desired, env, found.variables),
        schemas=env.schemas or spec.schemas,
        exclude=env.exclude or spec.exclude,
        include=env.include,
        tx_mode=word_over(spec.tx_mode, env.tx_mode, "tx_mode"),
        lint=_lint_over(spec.lint, found.project.lint, env),
        diff=_diff_over(spec.diff, found.project.diff, env),
    )


def _cloud_over(spec: CloudSpec, said: CloudSettings | None, env: Env) -> CloudSpec:
    found = replace(cloud_over(spec, said), repo=env.schema.repo_name or spec.repo)
    url = env.schema.repo_url
    found = replace(found, storage=BackupSpec(url, place="schema.repo.url") if url else None)
    return backups_over(found, env.schema.backup, "schema.repo.backup")


def _desired_over(spec: DesiredSpec, env: Env, variables: Mapping[str, str | list[str]]) -> DesiredSpec:
    return replace(spec, urls=env.src or spec.urls, variables={**variables, **_attributes(env)})


def _attributes(env: Env) -> dict[str, str | list[str]]:
    """Attributes that have no meaning of their own are variables of HCL states."""
    found: dict[str, str | list[str]] = {}
    for name, value in env.attributes.items():
        if isinstance(value, list | tuple):
            found[name] = [to_text(item) for item in value]
        elif isinstance(value, str | bool) or is_number(value):
            found[name] = to_text(value)
    return found


def _lint_over(spec: LintSpec, said: LintPolicy | None, env: Env) -> LintSpec:
    """The block of the environment wins over the spec, and the spec over what the file says for all environments."""
    if said is None:
        return spec
    of_file = LintSpec(
        destructive_error=said.settings("destructive").error,
        review=Review[said.review.name] if said.review else None,
    )
    first, second = (of_file, spec) if any(block.type == "lint" for block in env.blocks) else (spec, of_file)
    return LintSpec(
        destructive_error=second.destructive_error
        if first.destructive_error is None
        else first.destructive_error,
        review=first.review or second.review,
    )


def _diff_over(spec: DiffPolicy, said: DiffPolicy | None, env: Env) -> DiffPolicy:
    """Blocks are merged: a switch that the file gives wins, in either direction."""
    if said is None:
        return spec
    off = frozenset(_switched_off(env))
    return DiffPolicy(
        skip=said.skip | (spec.skip - off),
        concurrent_index_create=said.concurrent_index_create
        or (spec.concurrent_index_create and "create" not in off),
        concurrent_index_drop=said.concurrent_index_drop
        or (spec.concurrent_index_drop and "drop" not in off),
        online=said.online,
    )


def _switched_off(env: Env) -> Iterator[str]:
    """Switches of ``diff`` that the environment sets to ``false`` by word, which a policy cannot tell from silence."""
    for diff in (block for block in env.blocks if block.type == "diff"):
        for part in diff.body.blocks:
            for name, attribute in part.body.attributes.items():
                if isinstance(attribute.expression, Literal) and attribute.expression.value is False:
                    yield name
