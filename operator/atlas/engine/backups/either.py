"""A slug of a desired state may mean a schema or a directory: which of them it is, with a registry and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from atlas.engine.backups.fallback import NotBackedUp
from atlas.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.errors import Unavailable

S = TypeVar("S")
D = TypeVar("D")


def schema_or_directory(
    schema: Callable[[], S], directory: Callable[[], D], backed_up: Callable[[Unavailable], D] | None
) -> S | D:
    """The schema of a name, or else the directory.

    Args:
        schema: Reads the schema, backups included.
        directory: As ``schema``.
        backed_up: Reads the directory of backups alone, given what keeps the registry from being asked; None where none
            of them has directories.

    Raises:
        RegistryError: There is neither, told as the schema that is missing; or nobody can say.
    """
    try:
        return schema()
    except NotFound as no_schema:
        try:
            return directory()
        except NotFound:
            raise no_schema from None
    except NotBackedUp as nowhere:
        if backed_up is None:
            raise
        return backed_up(nowhere.outage)


def raising(outage: Unavailable) -> Callable[[], NoReturn]:
    """Asks a registry that is known to be out."""

    def still_out() -> NoReturn:
        raise outage

    return still_out
