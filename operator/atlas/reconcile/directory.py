"""Where the files of a migration come from: the manifest, a ConfigMap, or a registry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.directory import compute_sum, from_entries, validate
from atlas.errors import DirectoryError, ProtectedFlow, SpecError
from atlas.reconcile.observed import observed_hash
from atlas.wire.archive import unpack
from atlas.wire.reference import LATEST, Reference, checked_slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.engine.directory import Directory
    from atlas.reconcile.passing import Pass

ARCHIVE_SUFFIXES = (".tar.gz", ".tgz", ".tar")


def find_directory(run: Pass) -> None:
    """Load the directory that the spec names, and check it against its ``atlas.sum``.

    Files of a manifest or a ConfigMap may come without a sum: they are as trusted as the object they are in.

    Raises:
        SpecError: None is named, or more than one.
        DirectoryError: Its files make no migration directory.
        ProtectedFlow: The rules for going down do not fit this kind of directory.
        ChecksumMismatch: The files are not those of the sum.
        RegistryError: The registry does not have it, or does not answer.
    """
    spec = run.spec.directory
    _check_one(run)
    _check_way_down(run)
    if spec.remote_name:
        _from_registry(run)
    elif spec.local is not None:
        run.source = "local"
        run.directory = _from_files({name: text.encode() for name, text in spec.local.items()})
    else:
        run.source = f"configmap/{spec.config_map}"
        run.directory = _from_files(run.config_map(spec.config_map).data)
    run.observed_hash = observed_hash(run.resource.spec, validate(run.directory).total, run.read)


def _check_one(run: Pass) -> None:
    spec = run.spec.directory
    if spec.local is not None and spec.config_map:
        raise SpecError("cannot use both configmaps and local directory")
    if spec.remote_name and (spec.local is not None or spec.config_map):
        raise SpecError("cannot use both remote and local directory")
    if not spec.remote_name and spec.local is None and not spec.config_map:
        raise SpecError("no directory specified")


def _check_way_down(run: Pass) -> None:
    down = run.spec.down
    if run.spec.directory.remote_name and down.allow and down.auto_approve:
        raise ProtectedFlow("autoApprove is not allowed for a remote directory")
    if not run.spec.directory.remote_name and down.allow and not down.auto_approve:
        raise ProtectedFlow("allow cannot be true without autoApprove for local migration directory")


def _from_registry(run: Pass) -> None:
    spec, registry = run.spec.directory, run.registry
    if not registry.url:
        raise SpecError(
            "cannot use remote directory without a registry: set spec.cloud.url, or one for the operator"
        )
    if not registry.token:
        raise SpecError(
            "cannot use remote directory without Atlas Cloud token: set spec.cloud.tokenFrom, or one for the operator"
        )
    tag = "" if spec.remote_tag == LATEST else spec.remote_tag
    run.reference = Reference(checked_slug(spec.remote_name), tag=tag)
    run.source = registry.url
    run.directory = run.ports.registry.pull(registry, run.reference)


def _from_files(files: Mapping[str, bytes]) -> Directory:
    """A directory of keys and values, or of the one archive among them; its sum is added where it has none."""
    archives = [name for name in files if name.endswith(ARCHIVE_SUFFIXES)]
    if archives and len(files) > 1:
        raise DirectoryError(
            f'"{archives[0]}" holds a whole directory and must be the only key of its ConfigMap'
        )
    directory = from_entries(unpack(files[archives[0]]) if archives else files.items())
    if directory.sum_text is None:
        return replace(directory, sum_text=compute_sum(directory).text)
    return directory
