"""The registry beside backups, for the commands that compare them and bring them together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.cli.registry.access import registry_address
from atlas.cli.registry.backups import backups_of
from atlas.errors import LoginRequired, RegistryError, Unsupported
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.cli.context import Context
    from atlas.engine.backups import Target
    from atlas.project import Project
    from atlas.wire.contract import RegistryAddress
    from atlas.wire.layout import RepositoryKey


@dataclass(frozen=True, slots=True)
class RegistryBeside:
    """A registry that answers: read as a backup, pushed to at ``address``, and what it holds."""

    target: Target
    address: RegistryAddress
    repositories: frozenset[RepositoryKey]


@dataclass(frozen=True, slots=True)
class NoRegistry:
    """Why none is there: nobody is logged in to one, or (``is_out``) it does not answer, or refuses."""

    reason: str
    is_out: bool


def telling_history(found: RegistryBeside | NoRegistry) -> RegistryBeside | NoRegistry:
    """The registry if it tells the history of repositories: one of another make, or an older one, does not."""
    if isinstance(found, RegistryBeside) and found.repositories:
        try:
            found.target.content.load_index(min(found.repositories))
        except Unsupported as error:
            return NoRegistry(str(error), is_out=True)
        except RegistryError:  # of this repository; it is told where that is compared
            return found
    return found


@contextmanager
def registry_beside(context: Context, project: Project | None) -> Iterator[RegistryBeside | NoRegistry]:
    """The registry for a block, or why there is none."""
    from atlas.wiring import Effort, registry_as_backup

    try:
        address = registry_address(context, project, Effort.BRIEF)
    except LoginRequired:
        yield NoRegistry("nobody is logged in to one", is_out=False)
        return
    except RegistryError as error:
        yield NoRegistry(str(error), is_out=True)
        return
    with registry_as_backup(address, backups_of(project).project) as target:
        try:
            found = frozenset(target.content.repositories())
        except (RegistryError, Unsupported) as error:
            yield NoRegistry(str(error), is_out=True)
            return
        yield RegistryBeside(target, address, found)
