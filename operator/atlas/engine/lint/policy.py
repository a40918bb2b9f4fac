"""What of lint a project or a resource wants: the ``lint`` block as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Review(Enum):
    """When a plan must be approved by a person before it is applied."""

    ALWAYS = "always"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class NameRule:
    """``match`` is a regular expression that a name must match somewhere; ``message`` says it in words."""

    match: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzerSettings:
    """The block of one analyzer.

    Attributes:
        error: Whether its findings are errors; None leaves it to the analyzer.
        switches: ``check_create = false`` and the like; a switch that is not here is on.
        names: Rules for names by kind (``table``, ``foreign_key``, …); '' is the rule for all others.
    """

    error: bool | None = None
    switches: Mapping[str, bool] = field(default_factory=dict)
    names: Mapping[str, NameRule] = field(default_factory=dict)

    def is_on(self, switch: str) -> bool:
        """Whether a part of the analyzer is wanted."""
        return self.switches.get(switch, True)


_NOTHING_SAID = AnalyzerSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class LintPolicy:
    """What a ``lint`` block says.

    Attributes:
        analyzers: By name.
        review: None where nothing was said.
        latest, git_base, git_dir: How ``migrate lint`` finds the files that are new; 0 and '' for not said.
        format: The template of ``migrate lint``.
    """

    analyzers: Mapping[str, AnalyzerSettings] = field(default_factory=dict)
    review: Review | None = None
    latest: int = 0
    git_base: str = ""
    git_dir: str = ""
    format: str = ""

    def settings(self, name: str) -> AnalyzerSettings:
        """The block of one analyzer; an empty one where there is none."""
        return self.analyzers.get(name, _NOTHING_SAID)

    def is_error(self, name: str, *, unsaid: bool) -> bool:
        """Whether findings of this analyzer make a command fail; ``unsaid`` where its block does not say."""
        said = self.settings(name).error
        return unsaid if said is None else said
