"""What evaluating a project file takes and gives, as values that can go from one process to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atlas.errors import AtlasError, SpecError
from atlas.reconcile.confined_sources import Bounds, confined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.engine.lint import LintPolicy
    from atlas.engine.plan import DiffPolicy
    from atlas.project import CloudSettings, Env
    from atlas.project.data import Memory, ReadSource
    from atlas.reconcile.config_ports import ConfigFiles
    from atlas.reconcile.ports import TargetRules
    from atlas.wire.contract import RegistryAddress

    Sources = Callable[[Callable[[], RegistryAddress]], Mapping[str, ReadSource]]

FILE_NAME: Final = "atlas.hcl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A project file and what it is evaluated with.

    Attributes:
        registry: What data sources of the registry ask; None where there is none, ``no_registry`` says why.
        with_policies: Whether ``diff`` and ``lint`` are wanted: where they mean nothing, they are not read.
    """

    text: str = field(repr=False)
    environment: str
    variables: Mapping[str, str | list[str]] = field(repr=False)
    registry: RegistryAddress | None = None
    no_registry: str = ""
    with_policies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What a project file says of its environment.

    Attributes:
        diff, lint: None where they were not asked for.
        memory: The states that data sources made.
    """

    env: Env
    cloud: CloudSettings | None
    diff: DiffPolicy | None
    lint: LintPolicy | None
    memory: Memory


@dataclass(frozen=True, slots=True)
class Answer:
    """How an evaluation ended.

    Attributes:
        secrets: Values that were found on the way and that no message may hold; also where it failed.
    """

    found: Evaluated | AtlasError
    secrets: tuple[str, ...] = field(repr=False)


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
    from atlas.project import load_all

    projects = load_all(
        [(FILE_NAME, request.text)],
        env_name=request.environment,
        variables=request.variables,
        environ={},
        read_file=files,
        sources=sources,
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
    return request.registry
