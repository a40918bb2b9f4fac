"""The registry's own tables are made as everybody's are: by a migration directory, through the engine.

``server/migrations/<dialect>`` is a directory like any other; ``atlas migrate status`` can be asked about it.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from atlas.engine.apply import ApplyOptions, apply_pending
from atlas.engine.directory import from_entries
from atlas.errors import TargetError, Unavailable
from atlas.settings import OPERATOR_VERSION
from atlas.wiring import SystemClock, open_target

if TYPE_CHECKING:
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.directory import Directory

_LOCK_TIMEOUT_S = 60.0  # servers that start together wait for the one that migrates


def migrate(url: DatabaseURL) -> None:
    """Bring the tables to this version.

    Raises ``Unavailable`` where the database cannot be reached, and what ``apply_pending`` raises where it is not
    a registry's.
    """
    try:
        database = open_target(url)
    except TargetError as error:
        raise Unavailable(f"the registry's database cannot be reached: {error}") from error
    try:
        options = ApplyOptions(operator_version=OPERATOR_VERSION, lock_timeout_s=_LOCK_TIMEOUT_S)
        report = apply_pending(migrations(url.driver), database, options, clock=SystemClock())
    finally:
        database.session.close()
    if report.error:
        raise report.error


def migrations(dialect: str) -> Directory:
    """The registry's migration directory for ``sqlite`` or ``postgres``."""
    folder = files("atlas.server") / "migrations" / dialect
    return from_entries((file.name, file.read_bytes()) for file in folder.iterdir())
