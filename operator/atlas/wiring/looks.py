"""Whether a registry or a database server is there at all, and whether a lock is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.ports import Database
    from atlas.wire.contract import RegistryAddress

_CONNECT_S, _ANSWER_S = 3.0, 5.0


def registry_answers(address: RegistryAddress) -> bool:
    """Ask once and briefly who we are; a refusal is an answer, for somebody gave it."""
    from atlas.client.auth import whoami
    from atlas.client.transport import Patience, Transport
    from atlas.errors import AtlasError, Unavailable

    patience = Patience(retries=0, connect_s=_CONNECT_S, answer_s=_ANSWER_S)
    try:
        with Transport(address, patience=patience) as transport:
            whoami(transport)
    except Unavailable:
        return False
    except AtlasError:
        return True
    return True


def server_answers(url: DatabaseURL) -> bool:
    """Whether the server of a database takes connections. Brief, and without its password."""
    from atlas.drivers import server_answers as answers
    from atlas.errors import AtlasError

    try:
        return answers(url)
    except AtlasError:
        return True  # a URL that is none: whoever has it finds out


def run_lock_is_free(url: DatabaseURL, opener: Callable[[DatabaseURL], Database]) -> bool:
    """Whether the lock of runs in a database can be had: it is taken and let go at once.

    An error other than a server that does not answer counts as free: whoever waits finds out by himself.
    """
    from atlas.engine.apply import LOCK_NAME
    from atlas.errors import AtlasError, ConnectFailed

    try:
        database = opener(url)
    except ConnectFailed:
        return False
    except AtlasError:
        return True
    try:
        is_free = database.try_lock(LOCK_NAME)
        if is_free:
            database.unlock(LOCK_NAME)
    except ConnectFailed:
        return False
    except AtlasError:
        return True
    finally:
        database.session.close()
    return is_free
