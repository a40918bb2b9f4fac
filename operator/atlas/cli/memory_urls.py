"""``mem://`` URLs: what the data sources of the project file made, as a directory or as a desired state."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.project.data import Made, MadeDirectory, Memory

SCHEME = "mem"
"""As ``project.data.MEMORY_SCHEME``, which costs an import."""


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


def made_directory(url: str, memory: Memory | None) -> Directory:
    """The migration directory at a URL, with the sum of its files as they are.

    Raises:
        SpecError: There is something else, or nothing.
    """
    from atlas.project.data import MadeDirectory

    made = made_at(url, memory)
    if not isinstance(made, MadeDirectory):
        raise SpecError(
            f"{url} is a desired state: expected a migration directory, as that of data.template_dir"
        )
    return _directory(made)


def templates_of(url: str, memory: Memory | None) -> str:
    """The folder of the templates that a directory was rendered from; '' for one that has none."""
    from atlas.project.data import MadeDirectory

    made = made_at(url, memory)
    return made.folder if isinstance(made, MadeDirectory) else ""


def made_state(
    url: str, memory: Memory | None, part: Callable[[str, tuple[str, ...]], DesiredState]
) -> DesiredState:
    """The desired state at a URL; ``part`` reads the URLs of a part of a composite one, for its schema.

    Raises:
        SpecError: There is none.
    """
    from atlas.engine.desired_state import (
        CompositeState,
        DirectoryState,
        HclState,
        Part,
        SqlScript,
        SqlState,
        refuse_imports,
    )
    from atlas.project.data import MadeComposite, MadeDirectory, MadeSchema
    from atlas.sources.data.calls import as_texts

    made = made_at(url, memory)
    match made:
        case MadeSchema(notation="hcl"):
            return HclState(made.files, as_texts(made.variables, "vars"))
        case MadeSchema():
            scripts = tuple(SqlScript(name, text) for name, text in made.files)
            for script in scripts:
                refuse_imports(script)
            return SqlState(scripts)
        case MadeDirectory():
            return DirectoryState(_directory(made))
        case MadeComposite():
            return CompositeState(tuple(Part(schema, part(schema, urls)) for schema, urls in made.parts))
        case _:
            assert_never(made)


def _directory(made: MadeDirectory) -> Directory:
    """One that came with its sum keeps it, to be checked."""
    from dataclasses import replace

    from atlas.engine.directory import compute_sum, from_entries

    directory = from_entries(made.files)
    if directory.sum_text is not None:
        return directory
    return replace(directory, sum_text=compute_sum(directory).text)
