"""Evaluates the project file of a resource, here and now: whoever calls sees to limits of time and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.errors import AtlasError, SpecError, Unavailable
from atlas.reconcile.config_ports import Answer, Evaluated
from atlas.reconcile.confined_sources import Bounds, confined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.project.data import ReadSource
    from atlas.reconcile.config_ports import ConfigFiles, Request
    from atlas.reconcile.ports import TargetRules
    from atlas.wire.contract import RegistryAddress

    Sources = Callable[[Callable[[], RegistryAddress]], Mapping[str, ReadSource]]

FILE_NAME: Final = "atlas.hcl"


def evaluate(request: Request, sources: Sources, rules: TargetRules, files: ConfigFiles) -> Answer:
    """Evaluate a project file here. No ``AtlasError`` is raised; it is the answer."""
    secrets: list[str] = []
    bounds = Bounds(rules, files, secrets)
    try:
        found: Evaluated | AtlasError = _evaluated(
            request, confined(sources(lambda: _registry(request)), bounds), files
        )
    except AtlasError as error:
        found = error
    return Answer(found, tuple(secrets))


def _evaluated(request: Request, sources: Mapping[str, ReadSource], files: ConfigFiles) -> Evaluated:
    from atlas.hcl.functions import hcl_functions
    from atlas.project import load_all

    projects = load_all(
        [(FILE_NAME, request.text)],
        env_name=request.environment,
        variables=request.variables,
        sources=sources,
        functions=hcl_functions({}, files),
    )
    if len(projects) > 1:
        raise SpecError("multiple targets are not supported")
    [project] = projects
    assert project.env is not None  # noqa: S101 - one was asked for
    return Evaluated(
        env=project.env,
        cloud=project.cloud,
        diff=project.diff if request.with_policies else None,
        lint=project.lint if request.with_policies else None,
        memory=project.memory,
    )


def _registry(request: Request) -> RegistryAddress:
    if request.registry is None:
        raise SpecError(request.no_registry)
    if request.registry_out:
        raise Unavailable(request.registry_out)
    return request.registry
