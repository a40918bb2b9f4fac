"""The forms of a desired state, as data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from atlas.errors import DesiredStateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.engine.directory import Directory
    from atlas.schema import Key, Realm


@dataclass(frozen=True, slots=True)
class SqlScript:
    """Statements under a name that messages show: a path, or where the text came from."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SqlState:
    """Scripts that make the state of an empty database, in the order in which they are run."""

    scripts: tuple[SqlScript, ...]


@dataclass(frozen=True, slots=True)
class HclState:
    """HCL files as pairs ``(name, text)``, read together, and the values of their variables.

    ``is_pushed`` says that a push printed the text, so its one schema may have the name of a dev database: it is called
    as the bound schema of the scope.
    """

    files: tuple[tuple[str, str], ...]
    variables: Mapping[str, str | list[str]] = field(default_factory=dict)
    is_pushed: bool = False


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """Where a migration directory leads; its files are replayed, ``version`` '' means all of them.

    The sum was checked by whoever read the directory.
    """

    directory: Directory
    version: str = ""


@dataclass(frozen=True, slots=True)
class RealmState:
    """A state that a server has read already: another database."""

    realm: Realm


@dataclass(frozen=True, slots=True)
class Part:
    """A state whose bare names mean ``schema``; '' leaves that to the scope."""

    schema: str
    state: DesiredState


@dataclass(frozen=True, slots=True)
class CompositeState:
    """States that make one, in the order in which they are made: a later one may use what an earlier one made."""

    parts: tuple[Part, ...]


DesiredState: TypeAlias = SqlState | HclState | DirectoryState | RealmState | CompositeState


@dataclass(frozen=True, slots=True)
class Normalized:
    """A state as the catalogs of a server tell it, within a scope, and the renames that its text asks for.

    ``warnings`` are for a person: parts of HCL that have no meaning here, each with its place.
    """

    realm: Realm
    renames: tuple[tuple[Key, Key], ...] = ()
    warnings: tuple[str, ...] = ()


def at_version(state: DesiredState, version: str) -> DesiredState:
    """Where a directory leads at a version, '' for all of it.

    Raises:
        DesiredStateError: A version of something that has none.
    """
    if not version:
        return state
    if not isinstance(state, DirectoryState):
        raise DesiredStateError(
            f"?version={version} is of a migration directory, with atlas.sum in it: leave it out, a schema has no versions"
        )
    return replace(state, version=version)
