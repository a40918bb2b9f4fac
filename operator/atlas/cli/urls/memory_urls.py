"""``mem://`` URLs: what the data sources of the project file made, as a directory or as a desired state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.project.data import Made, MadeDirectory, Memory

SCHEME = "mem"
"""As ``project.memory.MEMORY_SCHEME``, for which a command without a project file would load all of ``project``."""


def made_at(url: str, memory: Memory | None) -> Made:
    """What is at a URL.

    Raises:
        SpecError: No data source of this run made it.
    """
    found = memory.find(url) if memory else None
    if found is None:
        raise SpecError(
            f'data-source state "{url}" not found in memory: such URLs come from data blocks of the project file, as '
            "dir = data.template_dir.NAME.url"
        )
    return found


def made_directory(url: str, memory: Memory | None, tool: str = "atlas") -> Directory:
    """The migration directory at a URL, with the sum of its files as they are; ``tool`` is whose files they are.

    Raises:
        SpecError: There is something else, or nothing.
    """
    from atlas.project.made import directory_of

    return directory_of(_directory_at(url, memory), tool)


def made_files(url: str, memory: Memory | None) -> tuple[tuple[str, bytes], ...]:
    """The files of the migration directory at a URL, whosever they are; raises as ``made_directory``."""
    return _directory_at(url, memory).files


def _directory_at(url: str, memory: Memory | None) -> MadeDirectory:
    from atlas.project.data import MadeDirectory

    made = made_at(url, memory)
    if not isinstance(made, MadeDirectory):
        raise SpecError(
            f"{url} is a desired state: expected a migration directory, as that of data.template_dir"
        )
    return made


def templates_of(url: str, memory: Memory | None) -> str:
    """The folder of the templates that a directory was rendered from; '' for one that has none."""
    return _directory_at(url, memory).folder


def made_state(
    url: str, memory: Memory | None, part: Callable[[str, tuple[str, ...]], DesiredState]
) -> DesiredState:
    """The desired state at a URL; ``part`` reads the URLs of a part of a composite one, for its schema.

    Raises:
        SpecError: There is none.
    """
    from atlas.engine.desired_state import at_version
    from atlas.engine.directory import parse_directory_url
    from atlas.project.made import state_of

    parsed = parse_directory_url(url)
    return at_version(state_of(made_at(url, memory), part, parsed.format), parsed.parameter("version"))
