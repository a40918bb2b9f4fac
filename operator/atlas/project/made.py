"""What data sources made, as a migration directory or as a desired state: the same for a command and a resource."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from atlas.engine.desired_state import (
    CompositeState,
    DirectoryState,
    HclState,
    Part,
    SqlScript,
    SqlState,
    refuse_imports,
)
from atlas.engine.directory import ATLAS_FORMAT, compute_sum, from_entries, validate
from atlas.project.data import MadeComposite, MadeDirectory, MadeSchema

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.desired_state import DesiredState
    from atlas.engine.directory import Directory
    from atlas.project.data import Made


def directory_of(made: MadeDirectory, tool: str = ATLAS_FORMAT) -> Directory:
    """The directory with its sum; one that came with the files is kept, and not checked here. ``tool`` has made them."""
    directory = from_entries(made.files) if tool == ATLAS_FORMAT else _read(tool, made)
    if directory.sum_text is not None:
        return directory
    return replace(directory, sum_text=compute_sum(directory).text)


def _read(tool: str, made: MadeDirectory) -> Directory:
    from atlas.engine.formats import read_entries

    return read_entries(tool, made.files)


def state_of(
    made: Made, part: Callable[[str, tuple[str, ...]], DesiredState], tool: str = ATLAS_FORMAT
) -> DesiredState:
    """The desired state; ``part`` reads the URLs of a part of a composite one, for its schema.

    ``tool`` is whose files a directory holds.

    Raises:
        ChecksumMismatch: A directory came with a sum that is not of its files.
        DesiredStateError: A script imports files, which are not here.
    """
    match made:
        case MadeSchema(notation="hcl"):
            return HclState(made.files, made.variables)
        case MadeSchema():
            scripts = tuple(SqlScript(name, text) for name, text in made.files)
            for script in scripts:
                refuse_imports(script)
            return SqlState(scripts)
        case MadeDirectory():
            directory = directory_of(made, tool)
            validate(directory)
            return DirectoryState(directory)
        case MadeComposite():
            return CompositeState(tuple(Part(schema, part(schema, urls)) for schema, urls in made.parts))
        case _:
            assert_never(made)
