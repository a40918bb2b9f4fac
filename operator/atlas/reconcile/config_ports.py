"""What evaluating the project file of a resource needs of the world. Nothing here runs a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.reconcile.evaluation import Answer, Request


class ConfigFiles(Protocol):
    """Files of the operator's machine that project files may read; those outside the allowed folders are refused.

    ``read`` and ``glob`` are those of ``hcl.functions.Files`` and raise ``ValueError``, the others ``SpecError``.
    """

    def check(self, path: str) -> None:
        """Refuse a path, links followed, that leads outside; whether it is there is not asked."""

    def read(self, path: str) -> str: ...

    def glob(self, pattern: str, *, recursive: bool) -> Sequence[str]: ...

    def directory(self, path: str) -> Directory:
        """A migration directory. Raises ``DirectoryError``."""

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
