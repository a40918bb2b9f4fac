"""The project file of a resource: whether it may have one, its text and variables, and what it says.

Its errors come without the line that they are about, which may hold a secret, and which whoever wrote it has before
them.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, ParseError, SpecError
from atlas.reconcile.config_ports import Request
from atlas.reconcile.reading import config_map_text, secret_text
from atlas.reconcile.tenants import registry_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atlas.reconcile.config_ports import ConfigPorts, Evaluated
    from atlas.reconcile.config_spec import ConfigSpec, VariableSpec
    from atlas.reconcile.ports import Ports, Stored
    from atlas.reconcile.resource import Resource
    from atlas.reconcile.spec import CloudSpec
    from atlas.wire.contract import RegistryAddress

NOT_ALLOWED: Final = 'install the operator with "--set allowCustomConfig=true" to use custom atlas.hcl config'
"""The words of the Go operator, whose chart has the same value."""
_NO_ENVIRONMENT: Final = "env name must be set when using custom atlas.hcl config"
_SECRET_WORDS: Final = ("token", "secret", "passw", "pwd", "credential", "apikey", "api_key", "private_key")
# NB: bounds keep the search linear in the text, which may be long and made to be slow.
_ATTRIBUTE: Final = re.compile(r'(?<!\w)(\w{1,64})"?\s{0,32}[=:]\s{0,32}"((?:[^"\\\n]|\\.){0,4096}+)')


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


class WithVariables(NamedTuple):
    """What a project file says, and the variables that it was given."""

    project: Evaluated
    variables: Mapping[str, str | list[str]]


@contextmanager
def evaluated(run: ReadsConfig, *, with_policies: bool) -> Iterator[WithVariables]:
    """What the project file of a resource says of its environment. Errors of the block are told as those of the file.

    Raises:
        SpecError: Project files are not allowed, or this one names no environment, or several targets.
        ParseError: It does not parse or cannot be evaluated.
        AtlasError: Whatever a data source raises.
    """
    ports = _allowed(run)
    request = _request(run, with_policies=with_policies)
    try:
        answer = ports.evaluate(request)
        run.secrets.extend(answer.secrets)
        if isinstance(answer.found, AtlasError):
            raise answer.found
        if answer.found.cloud and answer.found.cloud.token:
            run.secrets.append(answer.found.cloud.token)
        yield WithVariables(answer.found, request.variables)
    except AtlasError as error:
        error.args = (_masked(error, run, request),)
        raise


def _request(run: ReadsConfig, *, with_policies: bool) -> Request:
    registry, no_registry = _registry(run)
    return Request(
        text=_text(run),
        environment=run.spec.config.environment,
        variables=read_variables(run),
        registry=registry,
        no_registry=no_registry,
        with_policies=with_policies,
    )


def _registry(run: ReadsConfig) -> tuple[RegistryAddress | None, str]:
    """What data sources of a registry ask: the one of the spec, for the file itself is being read; else why there is none."""
    try:
        found, _, no_token = registry_of(run)
    except SpecError as error:
        return None, str(error)
    if no_token:
        return None, no_token
    if not found.url or not found.token:
        return None, "there is no registry to ask: set spec.cloud, or a registry and a token for the operator"
    run.secrets.append(found.token)
    return found, ""


def _masked(error: AtlasError, run: ReadsConfig, request: Request) -> str:
    """The message without the line of the file, and without a value that is a secret or was given as one."""
    given = [
        value for each in request.variables.values() for value in ([each] if isinstance(each, str) else each)
    ]
    return mask_text(_told(error), [*run.secrets, *given, *_secret_literals(request.text)])


def _secret_literals(text: str) -> Iterator[str]:
    """Texts that stand in the file itself, as values of attributes whose names say what they are."""
    for name, value in _ATTRIBUTE.findall(text):
        if any(word in name.lower() for word in _SECRET_WORDS):
            yield value


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


def _told(error: AtlasError) -> str:
    """The message without the line of the file and the caret under it."""
    *lines, last = str(error).split("\n")
    message = "\n".join(lines[:-1]) if lines and last.strip() == "^" else str(error)
    return f"failed to parse project configuration: {message}" if isinstance(error, ParseError) else message
