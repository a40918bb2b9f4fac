"""Backups of a world's registry: what is pushed to them, and what is damaged there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.backups import VersionToCopy, copy_of_version, store_version
from atlas.engine.directory import to_entries
from atlas.wire.archive import Entry
from atlas.wire.contract import DIRECTORY, SCHEMA

from tests.fakes.backups import AT, NO_WAITING
from tests.fakes.directories import directory_with

if TYPE_CHECKING:
    from atlas.engine.backups import Target

    from tests.fakes.reconcile import World

S3 = "s3://b/shop"
OWN = "http://registry"


def push_files(
    world: World,
    files: dict[str, str],
    tag: str = "",
    *,
    url: str = S3,
    missed: bool = False,
    project: str = "default",
) -> None:
    """Push a directory ``shop`` to one backup; ``missed`` as of a push that the registry did not take."""
    entries = tuple(Entry(name, content) for name, content in to_entries(directory_with(files)))
    version = VersionToCopy(
        type=DIRECTORY, slug="shop", driver="postgres", entries=entries, name="", at=AT, tag=tag
    )
    _store(world.backups.open(url, None, project), version, missed=missed)


def push_text(
    world: World,
    hcl: str,
    tag: str = "",
    *,
    url: str = S3,
    missed: bool = False,
    project: str = "default",
) -> None:
    """Push a schema ``shop`` to one backup; ``missed`` as of a push that the registry did not take."""
    version = VersionToCopy(
        type=SCHEMA,
        slug="shop",
        driver="postgres",
        entries=(Entry("schema.hcl", hcl.encode()),),
        name="",
        at=AT,
        tag=tag,
    )
    _store(world.backups.open(url, None, project), version, missed=missed)


def _store(target: Target, version: VersionToCopy, *, missed: bool) -> None:
    if missed:
        copy = copy_of_version(version, NO_WAITING)
        copy.record(target, copy.stage(target), None)
    else:
        store_version(target, version, NO_WAITING)
