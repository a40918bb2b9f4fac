"""What atlas.hcl says, as values. Nothing here was opened or connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.project.memory import Memory
from atlas.record import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from atlas.engine.lint.policy import LintPolicy
    from atlas.engine.plan.options import DiffPolicy
    from atlas.hcl.nodes import Block
    from atlas.hcl.positions import Range
    from atlas.project.testing import TestSettings


@dataclass(frozen=True, slots=True)
class CloudSettings:
    """``atlas { cloud { … } }``: which registry, and as whom. Empty means not given."""

    url: str = ""
    token: str = field(default="", repr=False)
    project: str = ""
    org: str = ""


class MigrationSettings(NamedTuple):
    """``migration { … }``. Empty means not given; ``exec_order`` reads ``linear-skip``, ``format`` ``atlas``."""

    dir: str = ""
    baseline: str = ""
    exec_order: str = ""
    lock_timeout: str = ""
    revisions_schema: str = ""
    to_version: str = ""
    repo_name: str = ""
    format: str = ""
    backup: tuple[str, ...] = ()


class SchemaSettings(NamedTuple):
    """``schema { … }``; ``repo_url`` is storage that takes the place of a registry."""

    src: tuple[str, ...] = ()
    repo_name: str = ""
    repo_url: str = ""
    backup: tuple[str, ...] = ()


class MigrateDownFlow(NamedTuple):
    """``protected_flows { migrate_down { … } }``: whether it may happen, and without a person; None is not given."""

    allow: bool | None = None
    auto_approve: bool | None = None


@dataclass(frozen=True, slots=True)
class Env:
    """The selected ``env`` block. Empty means not given.

    ``src`` is the attribute or else ``schema.src``. ``formats`` is by command, e.g. ``migrate apply``. ``attributes``
    are those that Atlas gives no meaning to. ``blocks`` (``diff``, ``lint``, ``test``, …) are kept unevaluated.
    ``place`` is the header of the block.
    """

    name: str
    url: str = field(default="", repr=False)
    dev: str = field(default="", repr=False)
    src: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    migration: MigrationSettings = field(default_factory=MigrationSettings)
    schema: SchemaSettings = field(default_factory=SchemaSettings)
    formats: Mapping[str, str] = field(default_factory=dict)
    tx_mode: str = ""
    migrate_down: MigrateDownFlow = field(default_factory=MigrateDownFlow)
    attributes: Mapping[str, object] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    place: Range | None = field(default=None, compare=False, repr=False)


def _no_diff() -> DiffPolicy:
    from atlas.engine.plan.options import DiffPolicy

    return DiffPolicy()


def _no_lint() -> LintPolicy:
    from atlas.engine.lint.policy import LintPolicy

    return LintPolicy()


def _no_tests() -> TestSettings:
    from atlas.project.testing import TestSettings

    return TestSettings()


@dataclass(frozen=True, slots=True)
class Project:
    """A project file for one environment; ``env`` is None when none was asked for.

    ``diff``, ``lint`` and ``tests`` are what its blocks say, with what the file says for all environments. They are read
    when they are asked for: commands that do not lint do not mind what it says, and load nothing of it. ``memory``
    holds the states that data sources made, by their ``mem://`` URLs.
    """

    cloud: CloudSettings | None = None
    env: Env | None = None
    read_diff: Callable[[], DiffPolicy] = field(default=_no_diff, compare=False, repr=False)
    read_lint: Callable[[], LintPolicy] = field(default=_no_lint, compare=False, repr=False)
    read_tests: Callable[[], TestSettings] = field(default=_no_tests, compare=False, repr=False)
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)

    @property
    def diff(self) -> DiffPolicy:
        """The policy of the ``diff`` blocks. Raises as ``read_diff_policy``."""
        return self.read_diff()

    @property
    def lint(self) -> LintPolicy:
        """The policy of the ``lint`` blocks. Raises as ``read_lint_policy``."""
        return self.read_lint()

    @property
    def tests(self) -> TestSettings:
        """What the ``test`` blocks say. Raises as ``read_tests``."""
        return self.read_tests()
