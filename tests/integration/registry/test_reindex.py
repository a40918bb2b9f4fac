"""``atlas registry reindex`` after database and content store came back from different days."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from atlas.errors import Conflict, SpecError
from atlas.server.run import DataOptions, opened_registry
from atlas.server.store.reindex import reindex
from atlas.wire.digest import digest_of

from tests.integration.registry.conftest import PUBLIC_URL, A, B, Served, directory, serving
from tests.integration.registry.person import shell_of

if TYPE_CHECKING:
    from pathlib import Path

C = directory(("1_three.sql", "CREATE TABLE three (id integer);\n"))


def kept(data: DataOptions, name: str) -> DataOptions:
    """A copy of the database, or of the content, of that day."""
    copy = data.folder.with_name(name)
    shutil.copytree(data.folder, copy)
    return DataOptions(copy)


def with_content_of(data: DataOptions, other: DataOptions) -> None:
    shutil.rmtree(data.folder / "content")
    shutil.copytree(other.folder / "content", data.folder / "content")


def with_database_of(data: DataOptions, other: DataOptions) -> None:
    for file in data.folder.glob("registry.db*"):
        file.unlink()
    for file in other.folder.glob("registry.db*"):
        shutil.copy(file, data.folder)


def same_token(after: Served, before: Served) -> Served:
    return Served(after.registry, after.url, before.token)


def test_a_database_of_an_older_day_learns_what_came_after_it(tmp_path: Path) -> None:
    data = DataOptions(tmp_path / "data")
    with serving(data) as before:
        before.push(A)
    monday = kept(data, "monday")
    with serving(data) as tuesday:
        same_token(tuesday, before).push(B, tag="v2")
        same_token(tuesday, before).push(A, "second")
    with_database_of(data, monday)
    shell = shell_of(tmp_path)
    assert shell.ok("registry", "reindex", "--data", "data") == "Indexed 2 repositories.\n"
    with serving(data) as after:
        seen = same_token(after, before)
        assert seen.pull("atlas://app?tag=v2").entries == B
        assert seen.fetch(f"/v1/content/{digest_of(B)}")[0] == 200
        assert seen.push(A, "second") == f"{PUBLIC_URL}/dirs/2"
        assert seen.push(A, "third") == f"{PUBLIC_URL}/dirs/3"


def test_a_number_that_was_given_twice_stays_with_the_one_that_the_database_knows(tmp_path: Path) -> None:
    """The database is of Monday, was used, and what came on Tuesday is still in the content store."""
    data = DataOptions(tmp_path / "data")
    with serving(data) as before:
        before.push(A, "first")
    monday = kept(data, "monday")
    with serving(data) as tuesday:
        same_token(tuesday, before).push(B, "second")
    with_database_of(data, monday)
    with serving(data) as wednesday:
        assert same_token(wednesday, before).push(C, "other") == f"{PUBLIC_URL}/dirs/2"
        with pytest.raises(
            Conflict, match="content store and not in the index: run 'atlas registry reindex'"
        ):
            same_token(wednesday, before).push(A, "second")
        assert reindex(wednesday.registry) == 3
        seen = same_token(wednesday, before)
        assert seen.push(B, "second") == f"{PUBLIC_URL}/dirs/3"
        assert [seen.pull(f"atlas://{name}").entries for name in ("first", "other", "second")] == [A, C, B]
    with opened_registry(data) as registry:
        assert sorted((index.id, index.key.slug) for index in registry.content.indexes()) == [
            (1, "first"),
            (2, "other"),
            (3, "second"),
        ]


def test_a_content_store_of_an_older_day_is_believed(tmp_path: Path) -> None:
    data = DataOptions(tmp_path / "data")
    with serving(data) as before:
        before.push(A)
    monday = kept(data, "monday")
    with serving(data) as tuesday:
        same_token(tuesday, before).push(B, tag="v2")
        same_token(tuesday, before).push(A, "second")
    with_content_of(data, monday)
    shell = shell_of(tmp_path)
    answer = shell("registry", "reindex", "--data", "data")
    assert (answer.code, answer.out) == (1, "acme/second: not in the content store\nIndexed 1 repository.\n")
    assert "atlas registry reindex --reset-lost" in answer.err
    assert shell.ok("registry", "reindex", "--data", "data", "--reset-lost") == (
        "acme/second: begins anew, empty\nIndexed 2 repositories.\n"
    )
    with serving(data) as after:
        seen = same_token(after, before)
        assert seen.fetch(f"/v1/content/{digest_of(B)}")[0] == 404
        seen.push(C, tag="v2")
        assert seen.pull("atlas://app?tag=v2").entries == C
        assert seen.fetch(f"/v1/content/{digest_of(C)}")[0] == 200
        assert seen.push(B, "second") == f"{PUBLIC_URL}/dirs/2"
        assert seen.pull("atlas://second").entries == B
    assert shell.ok("registry", "reindex", "--data", "data") == "Indexed 2 repositories.\n"


def test_a_content_store_that_is_gone_for_good_can_be_begun_anew(tmp_path: Path) -> None:
    data = DataOptions(tmp_path / "data")
    with serving(data) as before:
        before.push(A)
    shutil.rmtree(data.folder / "content")
    with pytest.raises(SpecError, match="bring it back by 'atlas backup restore'"), opened_registry(data):
        pass
    shell_of(tmp_path).ok("registry", "reindex", "--data", "data", "--reset-lost")
    with serving(data) as after:
        assert same_token(after, before).push(B) == f"{PUBLIC_URL}/dirs/1"
