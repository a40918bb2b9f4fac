"""The dev database of a pass: the first that is given, in a fixed order. Nothing is opened here."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from atlas.engine.database_url import parse_database_url
from atlas.engine.rooms.same_place import refuse_target
from atlas.errors import SpecError, TargetError, Unsupported
from atlas.reconcile import dev_pod
from atlas.reconcile.target import check_target, is_in_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.reconcile.needs_dev import NeedsDev
    from atlas.reconcile.outcome import Waiting

_IN_MEMORY = "sqlite://dev?mode=memory"
_NO_DEV = (
    "there is no dev database for {}: give spec.devURL or spec.devURLFrom, start the operator with --dev-url "
    "{}=…, or set spec.devDatabase.onTarget"
)


def find_dev(run: NeedsDev) -> Waiting | None:
    """The dev database of this pass; waits where it is a Deployment that does not run yet.

    Raises:
        SpecError: None is given, or the one that is given cannot be used.
    """
    spec, dialect = run.spec.dev, run.database.dialect.name
    named = _named(run)
    if spec.pod is not None:
        if named is None:
            raise SpecError("devURL is required when devDB is provided")
        return dev_pod.find_described(run, named, spec.pod)
    found = named or _given(run, dialect)
    if found is not None:
        run.dev = found
        return None
    if run.ports.dev.workloads is None:
        raise SpecError(_NO_DEV.format(dialect, dialect))
    return dev_pod.find_own(run)


def _named(run: NeedsDev) -> DatabaseURL | None:
    spec = run.spec.dev
    text = run.secret(spec.url_from).rstrip("\r\n") if spec.url_from else spec.url
    if not text:
        return None
    if text.startswith("docker"):
        raise Unsupported(
            "spec.devURL: a docker:// address is for the command line, an operator runs no containers"
        )
    url = parse_database_url(text)
    run.secrets.extend(url.secrets)
    check_target(url, run.ports.target_rules)
    if _is_target(url, run.target):
        raise SpecError(
            "spec.devURL is the target itself, and what is in a dev database is thrown away: give an empty one"
        )
    return url


def _is_target(dev: DatabaseURL, target: DatabaseURL) -> bool:
    same = (dev.driver, dev.server_key, dev.database) == (target.driver, target.server_key, target.database)
    return same and not is_in_memory(dev)


def _given(run: NeedsDev, dialect: str) -> DatabaseURL | None:
    if dialect == "sqlite":
        return parse_database_url(_IN_MEMORY)
    server = run.ports.dev.servers.get(dialect)
    if server is not None:
        run.secrets.extend(server.secrets)
        return server
    return run.target if run.spec.dev.on_target else None


@contextmanager
def opened_dev(run: NeedsDev, driver: SchemaDriver) -> Iterator[DevDatabase]:
    """The dev database of a pass, open for the block; where it is the target's, rooms are beside it.

    Raises:
        TargetError: It cannot be reached, or refuses us.
        SpecError: It is of another kind than the target; or it is the target, and nobody said that it may be.
        NoRoom: Others use all that may be used of its server.
    """
    with run.ports.dev.room_on(run.dev), _opened(run, driver) as found:
        yield found


@contextmanager
def _opened(run: NeedsDev, driver: SchemaDriver) -> Iterator[DevDatabase]:
    try:
        database = run.ports.targets.open(run.dev)
    except TargetError as error:
        raise type(error)(f"the dev database: {error}") from error
    run.session = database.session
    try:
        ours, theirs = run.database.dialect.name, database.dialect.name
        if ours != theirs:
            raise SpecError(f"the dev database is {theirs}, and the target is {ours}: give one of its kind")
        if run.dev is run.target:
            yield driver.scratch(database)
        else:
            refuse_target(database, run.database, f"atlas_dev_{secrets.token_hex(16)}")
            yield driver.dev(database)
    finally:
        run.session = run.database.session
        database.session.close()
