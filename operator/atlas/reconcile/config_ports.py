"""What evaluating the project file of a resource takes, gives, and needs of the world. Nothing here runs a program.

Requests and answers are values that can go from one process to another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.engine.lint import LintPolicy
    from atlas.engine.plan import DiffPolicy
    from atlas.errors import AtlasError
    from atlas.project import CloudSettings, Env
    from atlas.project.data import Memory
    from atlas.wire.contract import RegistryAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A project file and what it is evaluated with.

    Attributes:
        registry: What data sources of the registry ask; None where there is none, ``no_registry`` says why.
        registry_out: Why it is not asked although it is there, '' where it may be.
        with_policies: Whether ``diff`` and ``lint`` are wanted: where they mean nothing, they are not read.
    """

    text: str = field(repr=False)
    environment: str
    variables: Mapping[str, str | list[str]] = field(repr=False)
    registry: RegistryAddress | None = None
    no_registry: str = ""
    registry_out: str = ""
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


class ConfigFiles(Protocol):
    """Files of the operator's machine that project files may read; those outside the allowed folders are refused.

    ``read`` and ``glob`` are those of ``hcl.functions.Files`` and raise ``ValueError``, the others ``SpecError``.
    """

    def check(self, path: str) -> None:
        """Refuse a path, links followed, that leads outside; whether it is there is not asked."""

    def read(self, path: str) -> str: ...

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]: ...

    def directory(self, path: str, tool: str) -> Directory:
        """A migration directory with files of ``tool``. Raises ``DirectoryError`` and ``Unsupported``."""

    def schema(self, paths: Sequence[str], variables: Mapping[str, str | list[str]]) -> DesiredState:
        """The desired state that files and folders say together. Raises ``DesiredStateError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigPorts:
    """There are some only where the operator was told to allow project files.

    Attributes:
        files: For directories and desired states that an evaluated file names.
        evaluate: Evaluates a file within limits of time and memory; as ``evaluation.evaluate``.
    """

    files: ConfigFiles
    evaluate: Callable[[Request], Answer]
