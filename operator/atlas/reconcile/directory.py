"""Where the files of a migration come from: the manifest, a ConfigMap, or a registry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.directory import (
    ARCHIVE_SUFFIXES,
    ATLAS_FORMAT,
    check_format,
    compute_sum,
    from_entries,
    parse_directory_url,
    validate,
)
from atlas.engine.formats import read_entries
from atlas.errors import DirectoryError, LoginRequired, ProtectedFlow, SpecError
from atlas.project.data import MEMORY_SCHEME, MadeDirectory
from atlas.reconcile.backups import pulled_directory
from atlas.reconcile.observed import observed_hash, said_by_project
from atlas.reconcile.registry import NAME_A_REGISTRY
from atlas.wire.archive import unpack
from atlas.wire.reference import LATEST, Reference, checked_slug, parse_reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.engine.directory import Directory
    from atlas.reconcile.passing import Pass
    from atlas.reconcile.spec import DirectorySpec

_REMOTE = "atlas://"
_BESIDE_FILE = frozenset({"file://migrations", "file://./migrations", "file://migrations/"})


def find_directory(run: Pass) -> None:
    """Load the directory that the spec names, and check it against its ``atlas.sum``.

    Files of a manifest or a ConfigMap may come without a sum: they are as trusted as the object they are in.

    Raises:
        SpecError: None is named, or more than one.
        DirectoryError: Its files make no migration directory.
        ProtectedFlow: The rules for going down do not fit this kind of directory.
        ChecksumMismatch: The files are not those of the sum.
        LoginRequired: There is no token for the registry.
        RegistryError: The registry does not have it; or does not answer, and no backup can serve it.
    """
    spec = run.spec.directory
    is_given = _is_given_here(spec)
    if is_given or not spec.url:
        _check_one(run)
    _check_way_down(run)
    tool = _tool(spec)
    if spec.url and not is_given:
        _from_url(run, tool)
    elif spec.remote_name:
        check_format("atlas", spec.remote_name, tool)
        _from_registry(run, Reference(checked_slug(spec.remote_name), tag=spec.remote_tag))
    elif spec.local is not None:
        run.source = "local"
        run.directory = _from_files({name: text.encode() for name, text in spec.local.items()}, tool)
    else:
        run.source = f"configmap/{spec.config_map}"
        run.directory = _from_files(run.config_map(spec.config_map).data, tool)
    total = validate(run.directory).total
    said = said_by_project(run.spec, run.target) if run.spec.config.is_given else ""
    run.observed_hash = observed_hash(run.resource.spec, total + said, run.read)


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
    is_remote = bool(run.spec.directory.remote_name) or run.spec.directory.url.startswith(_REMOTE)
    if is_remote and down.allow and down.auto_approve:
        raise ProtectedFlow("autoApprove is not allowed for a remote directory")
    if not is_remote and down.allow and not down.auto_approve:
        raise ProtectedFlow("allow cannot be true without autoApprove for local migration directory")


def _is_given_here(spec: DirectorySpec) -> bool:
    """A project file may call the directory of the manifest by the name that it has beside the file."""
    path, _, query = spec.url.partition("?")
    is_beside = path in _BESIDE_FILE and (not query or query.startswith("format="))
    return is_beside and (spec.local is not None or bool(spec.config_map))


def _tool(spec: DirectorySpec) -> str:
    """Whose files they are: what the URL says, else ``migration.format``."""
    known = spec.url.partition("://")[0] in ("atlas", "file", MEMORY_SCHEME)
    said = parse_directory_url(spec.url).parameter("format") if known else ""
    tool = said or spec.tool or ATLAS_FORMAT
    check_format("file", spec.url, tool)
    return tool


def _from_url(run: Pass, tool: str) -> None:
    """The directory of ``migration.dir`` of a project file."""
    url = run.spec.directory.url
    scheme = url.partition("://")[0]
    if scheme == "atlas":
        check_format(scheme, url, tool)
        _from_registry(run, parse_reference(url))
    elif scheme == MEMORY_SCHEME:
        made = run.memory.find(url)
        if not isinstance(made, MadeDirectory):
            raise SpecError(f'migration.dir is "{url}", which is no directory that a data source made')
        run.source = url
        run.directory = _from_files(dict(made.files), tool)
    elif scheme == "file" and run.ports.config is not None:
        path = parse_directory_url(url).path
        run.source = url
        run.directory = run.ports.config.files.directory(path, tool)
    else:
        raise SpecError(
            f'migration.dir of the project file is "{scheme}://": expected atlas://name, file://path or a data source'
        )


def _from_registry(run: Pass, reference: Reference) -> None:
    registry = run.registry
    if not registry.url:
        raise SpecError(f"cannot use remote directory without a registry: {NAME_A_REGISTRY}")
    if run.no_token:
        raise LoginRequired(run.no_token)
    if not registry.token:
        raise SpecError(
            "cannot use remote directory without Atlas Cloud token: set spec.cloud.tokenFrom, or one for the operator"
        )
    run.reference = replace(reference, tag="" if reference.tag == LATEST else reference.tag)
    run.source = registry.url
    run.directory, run.fallback = pulled_directory(run, run.reference)


def _from_files(files: Mapping[str, bytes], tool: str) -> Directory:
    """A directory of keys and values, or of the one archive among them; its sum is added where it has none."""
    archives = [name for name in files if name.endswith(ARCHIVE_SUFFIXES)]
    if archives and len(files) > 1:
        raise DirectoryError(
            f'"{archives[0]}" holds a whole directory and must be the only key of its ConfigMap'
        )
    entries = unpack(files[archives[0]]) if archives else files.items()
    directory = from_entries(entries) if tool == ATLAS_FORMAT else read_entries(tool, entries)
    if directory.sum_text is None:
        return replace(directory, sum_text=compute_sum(directory).text)
    return directory
