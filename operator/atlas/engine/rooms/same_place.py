"""Whether a dev database is the target itself. Addresses do not tell: one server has many names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError

if TYPE_CHECKING:
    from atlas.engine.ports import Database

_SERVER_WIDE_LOCKS = frozenset({"mysql", "mariadb"})


def refuse_target(dev: Database, target: Database, name: str) -> None:
    """Refuse a dev database that is the target: what is in a dev database is thrown away.

    A lock that one of the two holds cannot be had by the other where they are one. SQLite is not asked: its rooms are
    in memory, whatever the URL.

    Args:
        dev: Open; it has no transaction.
        target: Open, by another session.
        name: Of a lock that nobody else takes: a random one.

    Raises:
        SpecError: They are one database; on MySQL, one server of which the target is a schema that the dev URL names
            too, or all of it.
    """
    if target.dialect.name == "sqlite" or not _is_shared(dev, target, name):
        return
    is_beside = target.url.schema and target.url.schema != dev.url.schema
    if target.dialect.name in _SERVER_WIDE_LOCKS and is_beside:
        return
    raise SpecError(
        "the dev database is the target itself, and what is in a dev database is thrown away: expected the URL of "
        "another, empty database"
    )


def _is_shared(dev: Database, target: Database, name: str) -> bool:
    if not target.try_lock(name):
        return False
    try:
        if not dev.try_lock(name):
            return True
        dev.unlock(name)
        return False
    finally:
        target.unlock(name)
