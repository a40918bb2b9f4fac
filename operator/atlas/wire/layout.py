"""The published layout of object stores: the same for the registry's content store and for backups.

::

    layout.json                                                     the format of all below
    <project>/<directories|schemas>/<slug>/index.json               versions, tags and times (wire.index)
    <project>/<directories|schemas>/<slug>/manifests/<hex>.json     names, sizes and SHA-256 of one version
    <project>/<directories|schemas>/<slug>/versions/<hex>/<file>    the files as they are, atlas.sum with them;
                                                                    a schema is one file, schema.hcl
    <project>/schemas/<slug>/plans/<hex>.plan.hcl                   plans, as people read them

``<hex>`` is the digest of the version, which is the SHA-256 of its manifest; that of a plan is the SHA-256 of its
file. ``sha256sum`` and a text editor are enough to check and to restore one. Content is put first, the index last and by compare-and-swap, so an
index never names what is not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.wire.contract import DIRECTORY, SCHEMA, RepositoryType
from atlas.wire.digest import hex_of

if TYPE_CHECKING:
    from atlas.wire.digest import Digest

INDEX_NAME = "index.json"
LAYOUT_NAME = "layout.json"
SCHEMA_FILE = "schema.hcl"
LAYOUT = b'{"format": 1}\n'

_FOLDERS: dict[RepositoryType, str] = {DIRECTORY: "directories", SCHEMA: "schemas"}


class RepositoryKey(NamedTuple):
    """What identifies a repository: a schema and a directory may share a slug."""

    project: str
    type: RepositoryType
    slug: str


def root_key(repository: RepositoryKey) -> str:
    """The folder of a repository, without a trailing slash."""
    return f"{repository.project}/{_FOLDERS[repository.type]}/{repository.slug}"


def index_key(repository: RepositoryKey) -> str:
    """The one mutable object of a repository."""
    return f"{root_key(repository)}/{INDEX_NAME}"


def repository_of_index(key: str) -> RepositoryKey | None:
    """The repository of which ``key`` is the index; None for any other object."""
    match key.split("/"):
        case [project, folder, slug, name] if name == INDEX_NAME:
            kinds = [type_ for type_, known in _FOLDERS.items() if known == folder]
            return RepositoryKey(project, kinds[0], slug) if kinds else None
        case _:
            return None


def repository_of_folder(key: str) -> tuple[RepositoryKey | None, list[str]]:
    """The repository in whose folder ``key`` lies, and what follows that; None for any other object."""
    match key.split("/"):
        case [project, folder, slug, *rest] if rest:
            kinds = [type_ for type_, known in _FOLDERS.items() if known == folder]
            return (RepositoryKey(project, kinds[0], slug) if kinds else None), rest
        case _:
            return None, []


def manifest_key(repository: RepositoryKey, digest: Digest) -> str:
    """The list of a version's files."""
    return f"{root_key(repository)}/manifests/{hex_of(digest)}.json"


def file_key(repository: RepositoryKey, digest: Digest, name: str) -> str:
    """One file of a version."""
    return f"{version_prefix(repository, digest)}{name}"


def version_prefix(repository: RepositoryKey, digest: Digest) -> str:
    """What the keys of a version's files start with."""
    return f"{root_key(repository)}/versions/{hex_of(digest)}/"


def plan_key(repository: RepositoryKey, digest: Digest) -> str:
    """The file of a plan."""
    return f"{root_key(repository)}/plans/{hex_of(digest)}.plan.hcl"
