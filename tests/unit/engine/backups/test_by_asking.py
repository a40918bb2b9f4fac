"""A repository that is brought by asking what tags mean: whole or not at all, and what was pushed here stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import Target, Wanted, bring_by_asking, change_index, store_version
from atlas.errors import Conflict, NotFound, SpecError, Unavailable
from atlas.wire.archive import Entry
from atlas.wire.contract import SCHEMA
from atlas.wire.layout import index_key

from tests.fakes.backups import NO_WAITING, backup, schema_version
from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from atlas.engine.backups import Came
    from atlas.wire.contract import RepositoryType
    from atlas.wire.index import RepositoryIndex

KEY = backup().key(SCHEMA, "app")
NOW = datetime(2026, 1, 2, tzinfo=UTC)


class There:
    """Another registry: what each tag means, '' for the latest; an error is raised in its turn."""

    def __init__(self, **texts: str | Exception) -> None:
        self.texts = {name.replace("latest", ""): text for name, text in texts.items()}
        self.clock = NOW

    def entries(self, type_: RepositoryType, slug: str, tag: str) -> tuple[Entry, ...]:
        assert (type_, slug) == (SCHEMA, "app")
        text = self.texts.get(tag, NotFound("not found"))
        if isinstance(text, Exception):
            raise text
        return (Entry("schema.hcl", text.encode()),)

    def now(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    def brought(self, here: Target, *tags: str, driver: str = "sqlite", moves_tags: bool = False) -> Came:
        wanted = Wanted(KEY, tags, "My App", driver, moves_tags=moves_tags)
        return bring_by_asking(self, here, wanted, NO_WAITING, self.now)


def index(here: Target) -> RepositoryIndex:
    loaded = here.content.load_index(KEY)
    assert loaded
    return loaded.index


def meant(here: Target) -> dict[str, str]:
    """The text of each tag and of the latest."""
    found = index(here)
    ordinals = {name: tag.ordinal for name, tag in found.tags.items()} | {"": found.latest or 0}
    texts = [here.content.entries(KEY, version.digest)[0].content.decode() for version in found.versions]
    return {name: texts[ordinal - 1] for name, ordinal in ordinals.items() if ordinal}


def test_tags_come_in_their_order_and_the_latest_last() -> None:
    here = backup()
    came = There(v1="a", v2="b", latest="a").brought(here, "v2", "v1", "v9")
    assert came[1:] == (2, 2, ("v2", "v1", "latest"), ("v2", "v1", "latest"), ("v9",), (), "")
    assert meant(here) == {"v1": "a", "v2": "b", "": "a"}
    found = index(here)
    assert (found.title, found.driver, found.latest) == ("My App", "sqlite", 2)
    assert [version.created_at for version in found.versions] == sorted(
        {version.created_at for version in found.versions}
    )


def test_the_same_again_writes_nothing() -> None:
    bucket = MemoryBucket()
    here = backup(bucket)
    there = There(v1="a", latest="b")
    there.brought(here, "v1")
    before = {key: bucket.get(key) for key in bucket.list("")}
    assert there.brought(here, "v1")[1:] == (2, 0, ("v1", "latest"), (), (), (), "")
    assert {key: bucket.get(key) for key in bucket.list("")} == before


def test_nothing_there_makes_nothing_here() -> None:
    here = backup()
    assert There().brought(here, "v1")[1:] == (0, 0, (), (), ("v1", "latest"), (), "")
    assert here.content.load_index(KEY) is None


@pytest.mark.parametrize("error", [Unavailable("gone"), Conflict("odd")])
def test_what_cannot_be_had_leaves_the_repository_as_it_was(error: Exception) -> None:
    here = backup()
    There(v1="a", latest="a").brought(here, "v1")
    before = index(here)
    with pytest.raises(type(error)):
        There(v1="b", v2="c", latest=error).brought(here, "v1", "v2")
    assert index(here) == before


def test_a_driver_that_nobody_says_is_asked_for_and_another_one_is_refused() -> None:
    here = backup()
    with pytest.raises(SpecError, match="give it by --driver"):
        There(latest="a").brought(here, driver="")
    assert here.content.load_index(KEY) is None
    There(latest="a").brought(here)
    There(latest="b").brought(here, driver="")
    with pytest.raises(Conflict, match="has driver mysql there and sqlite here"):
        There(latest="c").brought(here, driver="mysql")
    assert meant(here) == {"": "b"}


def test_a_tag_that_was_pushed_here_moves_to_new_content_alone_unless_it_shall_follow() -> None:
    here = backup()
    There(prod="a", latest="a").brought(here, "prod")
    for tag in ("prod", ""):
        store_version(here, replace(schema_version("ours"), tag=tag), NO_WAITING)
    again = There(prod="a", latest="a")
    assert again.brought(here, "prod").stayed == ("prod", "latest")
    assert meant(here) == {"prod": "ours", "": "ours"}
    assert There(prod="new", latest="a").brought(here, "prod").moved == ("prod",)
    assert again.brought(here, "prod", moves_tags=True).moved == ("prod", "latest")
    assert meant(here) == {"prod": "a", "": "a"}


def test_a_tag_that_is_written_once_stays() -> None:
    here = backup()
    There(prod="a", latest="a").brought(here, "prod")
    change_index(
        here, KEY, lambda held: replace(held, tag_policy="write-once") if held else index(here), NO_WAITING
    )
    came = There(prod="b", latest="b").brought(here, "prod", moves_tags=True)
    assert (came.stayed, came.moved) == (("prod",), ("latest",))
    assert meant(here) == {"prod": "a", "": "b"}


def test_a_push_in_the_middle_is_kept() -> None:
    class Raced(MemoryBucket):
        """Somebody pushes when the index is about to be written for the first time."""

        is_raced = False

        def put_if_absent(self, key: str, data: bytes) -> str:
            if key == index_key(KEY) and not self.is_raced:
                self.is_raced = True
                store_version(backup(self), replace(schema_version("ours"), tag="mine"), NO_WAITING)
            return super().put_if_absent(key, data)

    here = backup(Raced())
    came = There(v1="a", latest="b").brought(here, "v1")
    assert (came.versions, came.brought) == (3, 2)
    assert meant(here) == {"mine": "ours", "v1": "a", "": "b"}
