"""The project file of a resource: whether it may have one, its text and variables, and what it says.

It is evaluated without an environment: what the operator was given to work with is no resource's to read. Its errors
come without the line that they are about, which may hold a secret, and which whoever wrote it has before them.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, ParseError, SpecError
from atlas.reconcile.confined_sources import Bounds, confined
from atlas.reconcile.reading import config_map_text, secret_text
from atlas.reconcile.registry import registry_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.project import Env, Project
    from atlas.reconcile.config_ports import ConfigPorts
    from atlas.reconcile.config_spec import ConfigSpec, VariableSpec
    from atlas.reconcile.ports import Ports, Stored
    from atlas.reconcile.resource import Resource
    from atlas.reconcile.spec import CloudSpec
    from atlas.wire.contract import RegistryAddress

FILE_NAME: Final = "atlas.hcl"
EVALUATION_S: Final = 30.0
"""For all of a file; a data source has limits of its own beside this one."""

NOT_ALLOWED: Final = 'install the operator with "--set allowCustomConfig=true" to use custom atlas.hcl config'
"""The words of the Go operator, whose chart has the same value."""
_NO_ENVIRONMENT: Final = "env name must be set when using custom atlas.hcl config"
_SECRET_ATTRIBUTE: Final = re.compile(
    r'(?i)\w*(?:token|secret|passw|pwd|credential|api_?key|private_?key)\w*\s*[=:]\s*"((?:[^"\\\n]|\\.)*)"'
)


class NamesConfig(Protocol):
    """A spec of either kind."""

    @property
    def config(self) -> ConfigSpec: ...

    @property
    def cloud(self) -> CloudSpec: ...


class ReadsConfig(Protocol):
    """A pass of either kind that has read its spec."""

    resource: Resource
    ports: Ports
    read: list[Stored]
    secrets: list[str]

    @property
    def spec(self) -> NamesConfig: ...


class Evaluated(NamedTuple):
    """A project file for one environment, and the variables that it was given."""

    project: Project
    env: Env
    variables: Mapping[str, str | list[str]]


@contextmanager
def evaluated(run: ReadsConfig) -> Iterator[Evaluated]:
    """What the project file of a resource says of its environment, within the limit of time.

    Raises:
        SpecError: Project files are not allowed, or this one names no environment, or several targets.
        ParseError: It does not parse or cannot be evaluated.
        AtlasError: Whatever a data source raises.
    """
    ports = _allowed(run)
    text, variables = _text(run), read_variables(run)
    known = [value for each in variables.values() for value in ([each] if isinstance(each, str) else each)]
    try:
        with ports.time_limit(EVALUATION_S):
            yield _evaluated(run, ports, text, variables)
    except AtlasError as error:
        error.args = (mask_text(_told(error), [*run.secrets, *known, *_SECRET_ATTRIBUTE.findall(text)]),)
        raise


def _allowed(run: ReadsConfig) -> ConfigPorts:
    if run.ports.config is None:
        raise SpecError(NOT_ALLOWED)
    if not run.spec.config.environment:
        raise SpecError(_NO_ENVIRONMENT)
    return run.ports.config


def _text(run: ReadsConfig) -> str:
    config = run.spec.config
    return secret_text(run, config.secret) if config.secret else config.text


def read_variables(run: ReadsConfig) -> dict[str, str | list[str]]:
    """Values by name; a key that is given more than once is a list, in the order written."""
    found: dict[str, str | list[str]] = {}
    for variable in run.spec.config.variables:
        value, before = _value(run, variable), found.get(variable.key)
        if before is None:
            found[variable.key] = value
        else:
            found[variable.key] = [*(before if isinstance(before, list) else [before]), value]
    return found


def _value(run: ReadsConfig, variable: VariableSpec) -> str:
    if variable.config_map:
        return config_map_text(run, variable.config_map)
    if variable.secret:
        value = secret_text(run, variable.secret)
        run.secrets.append(value)
        return value
    return variable.value


def _evaluated(
    run: ReadsConfig, ports: ConfigPorts, text: str, variables: Mapping[str, str | list[str]]
) -> Evaluated:
    from atlas.project import load_all

    projects = load_all(
        [(FILE_NAME, text)],
        env_name=run.spec.config.environment,
        variables=variables,
        environ={},
        read_file=ports.files,
        sources=confined(
            ports.sources(lambda: _registry(run)), Bounds(run.ports.target_rules, ports.files, run.secrets)
        ),
    )
    if len(projects) > 1:
        raise SpecError("multiple targets are not supported")
    [project] = projects
    if project.cloud and project.cloud.token:
        run.secrets.append(project.cloud.token)
    assert project.env is not None  # noqa: S101 - one was asked for
    return Evaluated(project, project.env, variables)


def _registry(run: ReadsConfig) -> RegistryAddress:
    """Where data sources of a registry ask: what the spec names. The file itself is being read meanwhile."""
    found = registry_address(run.spec.cloud, run.ports.own_registry, lambda key: secret_text(run, key))
    if not found.url or not found.token:
        raise SpecError(
            "there is no registry to ask: set spec.cloud, or a registry and a token for the operator"
        )
    run.secrets.append(found.token)
    return found


def _told(error: AtlasError) -> str:
    """The message without the line of the file and the caret under it."""
    *lines, last = str(error).split("\n")
    message = "\n".join(lines[:-1]) if lines and last.strip() == "^" else str(error)
    return f"failed to parse project configuration: {message}" if isinstance(error, ParseError) else message
