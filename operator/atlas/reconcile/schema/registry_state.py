"""A desired state that was pushed to a registry, and what may be made of one that only a backup could give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.backups import Primary, Served, raising, read_version, schema_or_directory
from atlas.engine.directory import from_entries, validate
from atlas.engine.mask import mask_text
from atlas.errors import LoginRequired, SpecError, Unavailable
from atlas.reconcile.backups import Pulled, opened, pulled_directory, read, source_of
from atlas.reconcile.outcome import Source, Unchanged
from atlas.reconcile.registry import NAME_A_REGISTRY
from atlas.wire.contract import DIRECTORY, SCHEMA, driver_name
from atlas.wire.reference import LATEST, checked_slug

if TYPE_CHECKING:
    from atlas.engine.backups import Fallback
    from atlas.engine.directory import Directory
    from atlas.reconcile.ports import SchemaText
    from atlas.reconcile.schema.passing import SchemaPass
    from atlas.wire.reference import Reference

_ALIKE = frozenset({"mysql", "mariadb"})


def find_storage(run: SchemaPass) -> None:
    """Find the bucket that a project file names in the place of a registry.

    Raises:
        SpecError: It is refused.
    """
    if run.spec.cloud.storage:
        run.storage = opened(run, run.spec.cloud.storage)


def pulled_text(run: SchemaPass, reference: Reference) -> str:
    """The text of a schema; the pass remembers where it came from.

    Raises:
        SpecError: There is no registry or no token, or the schema is for another kind of database.
        RegistryError: The registry does not have it; or does not answer, and no backup can serve it.
    """
    checked_slug(reference.slug)
    primary = _primary(run, reference)
    run.source, run.is_registry_state = str(reference), True
    found, fallback = read(run, primary, SCHEMA, reference)
    _check_driver(run, found.driver)
    if not isinstance(found, Served):
        run.pulled.append(Pulled(reference.slug, found.digest, fallback))
        return found.hcl
    # What the registry says that it missed was pushed since: only while it cannot say anything may a backup be behind it.
    is_behind = fallback is not None and not fallback.is_missed and _is_behind(run, reference, found)
    run.pulled.append(Pulled(reference.slug, found.version.digest, fallback, is_behind))
    return found.entries[0].content.decode()


def pulled_schema_or_directory(run: SchemaPass, reference: Reference) -> str | Directory:
    """A schema of this name, or else a directory, whose sum is checked: a slug may mean either.

    Raises:
        RegistryError: The registry has neither; or does not answer, and no backup can serve one.
    """
    if run.storage:
        return pulled_text(run, reference)
    found = schema_or_directory(
        lambda: pulled_text(run, reference),
        lambda: pulled_directory(run, reference),
        lambda outage: _backed_up_directory(run, reference, outage),
    )
    if isinstance(found, str):
        return found
    directory, fallback = found
    validate(directory)
    run.pulled.append(Pulled(reference.slug, "", fallback))
    return directory


def stop_if_backup_is_behind(run: SchemaPass) -> Unchanged | None:
    """A backup may lack what was pushed last, so it never takes a database back: that waits for the registry.

    Raises:
        Unavailable: Nobody knows what the state should be.
    """
    fallback = unsure_backup(run)
    if fallback is None:
        return None
    if not any(one.is_behind for one in run.pulled) and not _is_new_and_unknown(run):
        return None
    message = (
        f"{fallback.source} is not known to be newer than what was applied last, and a backup never takes a database back: "
        f"this waits for the registry. {fallback.reason}"
    )
    if run.resource.is_settled:
        return Unchanged(doubt=mask_text(message, run.secrets))
    raise Unavailable(message)


def unsure_backup(run: SchemaPass) -> Fallback | None:
    """The backup that gave a part of the state while the registry could not say whether that is the last word."""
    found = (one.fallback for one in run.pulled if one.fallback and not one.fallback.is_missed)
    return next(found, None)


def source(run: SchemaPass) -> Source | None:
    """Where a pushed state came from: a backup, if one gave any part of it. None for any other state."""
    if not run.pulled:
        return None
    fallback = next((one.fallback for one in run.pulled if one.fallback), None)
    return source_of(run.storage.url if run.storage else run.registry.url, fallback)


def pushed_state(run: SchemaPass) -> str:
    """Which pushed state it is, '' where it is none or several."""
    match run.pulled:
        case [Pulled(slug, digest)] if digest:
            return f"{slug}@{digest}"
    return ""


def _backed_up_directory(
    run: SchemaPass, reference: Reference, outage: Unavailable
) -> tuple[Directory, Fallback | None]:
    primary: Primary[Directory | Served] = Primary(run.registry.url, raising(outage))
    found, fallback = read(run, primary, DIRECTORY, reference)
    return (from_entries(found.entries) if isinstance(found, Served) else found), fallback


def _primary(run: SchemaPass, reference: Reference) -> Primary[SchemaText | Served]:
    storage, registry = run.storage, run.registry
    if storage:
        return Primary(storage.url, lambda: read_version(storage, SCHEMA, reference))
    if run.no_token:
        raise LoginRequired(run.no_token)
    for given, field in (
        (registry.url, f"a registry: {NAME_A_REGISTRY}"),
        (registry.token, "a token: set spec.cloud.tokenFrom, or one for the operator"),
    ):
        if not given:
            raise SpecError(f"cannot read {reference} without {field}")
    return Primary(registry.url, lambda: run.ports.registry.pull_schema(registry, reference))


def _is_new_and_unknown(run: SchemaPass) -> bool:
    """Another state than the one that was applied last, of which nobody can say which of the two is the newer one.

    Directories, states of several parts, and what an earlier version of the operator applied leave no ``pushedState``.
    """
    observed = run.resource.observed
    is_same = run.observed_hash in ("", observed.observed_hash)
    is_comparable = bool(pushed_state(run) and observed.pushed_state)
    was_applied = bool(observed.applied_at_s) or run.resource.is_settled
    return was_applied and not is_same and not is_comparable


def _is_behind(run: SchemaPass, reference: Reference, served: Served) -> bool:
    """Whether the backup does not know what was applied last, or gives what was pushed before it, unasked.

    A tag that the resource newly names may mean something older: that is what its owner asks for.
    """
    slug, _, applied = run.resource.observed.pushed_state.partition("@")
    if slug != reference.slug or applied == served.version.digest:
        return False
    ordinals = {str(digest): ordinal for digest, ordinal in served.ordinals.items()}
    is_new_spec = run.resource.observed.generation != run.resource.generation
    is_asked = is_new_spec and reference.tag not in {"", LATEST}
    return applied not in ordinals or (ordinals[applied] > served.version.ordinal and not is_asked)


def _check_driver(run: SchemaPass, pulled: str) -> None:
    theirs, ours = driver_name(pulled), run.target.driver
    if theirs and theirs != ours and not {theirs, ours} <= _ALIKE:
        raise SpecError(f"{run.source} is a schema for {theirs}, and the target is {ours}")
