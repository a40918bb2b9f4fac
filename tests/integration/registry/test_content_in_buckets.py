"""A registry whose content lies in a bucket: the same answers as from a folder, and clear words where it cannot."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from atlas.buckets import open_bucket
from atlas.errors import NotFound, SpecError
from atlas.server.run import DataOptions, opened_registry, probe_content
from atlas.server.store.probe import is_same_bucket, probe
from atlas.server.store.pushing import _record
from atlas.server.store.repositories import find_repository
from atlas.server.store.tokens import authenticate
from atlas.wire.contract import APPROVED
from atlas.wire.digest import digest_of
from atlas.wire.history import Push
from atlas.wire.reference import PlanReference, Reference

from tests.fakes.bucket import MemoryBucket
from tests.integration.registry.conftest import PUBLIC_URL, A, B, Served, directory, serving
from tests.integration.registry.places import place
from tests.integration.registry.plans_of_schemas import approve, pull, push, remove
from tests.integration.registry.schemas import push as push_a_schema

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["place"]


@pytest.fixture
def data(place: str, tmp_path: Path) -> DataOptions:
    return DataOptions(tmp_path / "data", content=place)


def test_directories_come_back_from_wherever_they_are_kept(data: DataOptions) -> None:
    with serving(data) as served:
        assert served.push(A, tag="v1") == f"{PUBLIC_URL}/dirs/1"
        assert served.push(B) == served.push(B)
        odd = directory(
            ("1_a b.sql", b"\xef\xbb\xbfSELECT 1;\r\n"), ("2_\xfcber.sql", b"\0\xff"), ("3.sql", b"")
        )
        assert served.push(odd, "odd") == f"{PUBLIC_URL}/dirs/2"
        served.push(B, tag="v1")
        assert served.pull("atlas://odd").entries == odd
        assert served.pull("atlas://app?tag=v1").entries == B
        assert served.pull("atlas://app?version=1").entries == A
        assert served.fetch(f"/v1/content/{digest_of(B)}")[0] == 200
        assert served.fetch("/readyz")[0] == 200
        with pytest.raises(NotFound, match='tag "v2" of "app" not found; the nearest are v1'):
            served.pull("atlas://app?tag=v2")
    assert not (data.folder / "content").exists()
    with serving(DataOptions(data.folder.with_name("anew"), content=data.content)) as after:
        assert after.pull("atlas://app").digest == digest_of(B)
        assert after.push(A, "app") == f"{PUBLIC_URL}/dirs/1"


def test_plans_come_back_from_wherever_they_are_kept(data: DataOptions) -> None:
    with serving(data) as served:
        push_a_schema(served)
        made = push(served)
        assert pull(served) == made
        assert approve(served).status == APPROVED
        push(served, "two", sql="DROP TABLE one;")
        remove(served, PlanReference("app", "two"))
        with pytest.raises(NotFound):
            pull(served, PlanReference("app", "two"))
    with serving(DataOptions(data.folder.with_name("anew"), content=data.content)) as after:
        assert pull(after).status == APPROVED


def test_a_content_store_is_tried_out_before_anything_is_served(data: DataOptions) -> None:
    probe_content(data)
    assert list(open_bucket(data.content_url).list("")) == []


class CarelessBucket(MemoryBucket):
    """A store that takes every put, whatever its condition."""

    def put_if_unchanged(self, key: str, data: bytes, *, etag: str) -> str:
        return super().put_if_unchanged(key, data, etag=self.head(key))


def test_a_store_that_ignores_conditions_is_refused_by_name() -> None:
    with pytest.raises(
        SpecError, match=r"the content store s3://b cannot be used: it ignores conditional writes"
    ):
        probe(CarelessBucket(), "the content store s3://b")


def test_two_addresses_of_one_bucket_are_found_out(tmp_path: Path) -> None:
    (tmp_path / "b").symlink_to("a", target_is_directory=True)
    (tmp_path / "a").mkdir()
    one, other = (open_bucket((tmp_path / name).as_uri()) for name in ("a", "b"))
    assert is_same_bucket(one, other)
    assert not is_same_bucket(one, open_bucket((tmp_path / "c").as_uri()))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "s3://no-such-bucket/x?region=eu-central-1",
            "the content store s3://no-such-bucket/x?region=eu-central-1",
        ),
        ("s3://no-such-bucket/x?region=eu-central-1", 'bucket "no-such-bucket" not found'),
        ("ftp://host/x", 'unknown bucket scheme "ftp"'),
        ("s3://b/x?region=r&secret=hunter2", 'unknown key "secret"'),
    ],
)
def test_a_content_store_that_cannot_be_used_is_said_in_a_line(
    tmp_path: Path, aws_environment: object, content: str, words: str
) -> None:
    serve = [
        "registry",
        "serve",
        "--data",
        str(tmp_path / "data"),
        "--content",
        content,
        "--listen",
        "127.0.0.1:0",
    ]
    answer = subprocess.run(
        [sys.executable, "-m", "atlas", *serve], capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 1
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert "hunter2" not in answer.stderr


def test_a_database_that_meets_an_empty_content_store_is_no_empty_registry(tmp_path: Path) -> None:
    with serving(DataOptions(tmp_path / "data", content=(tmp_path / "right").as_uri())) as served:
        served.push(A)
    wrong = DataOptions(tmp_path / "data", content=(tmp_path / "wrong").as_uri())
    with (
        pytest.raises(SpecError, match=r"knows of 1 repository, .* holds nothing: name the right one"),
        opened_registry(wrong),
    ):
        pass
    assert not list((tmp_path / "wrong").glob("*.json"))


def test_content_that_no_index_names_is_taken_by_the_next_push_of_it(served: Served, tmp_path: Path) -> None:
    """A push that was killed between its content and its index."""
    served.push(B)
    key = served.registry.content.layout.repositories()
    served.registry.content.put_version(next(iter(key)), A)
    assert [version.ordinal for index in served.registry.content.indexes() for version in index.versions] == [
        1
    ]
    with pytest.raises(NotFound):
        served.pull("atlas://app?version=1")
    served.push(A)
    assert served.pull("atlas://app?version=1").entries == A


def test_an_index_whose_rows_were_never_committed_is_read_and_completed_by_the_next_push(
    served: Served,
) -> None:
    """A push that was killed between its index and the commit of its rows."""
    served.push(A)
    registry = served.registry
    principal = authenticate(registry, served.token)
    [key] = registry.content.layout.repositories()
    digest = registry.content.put_version(key, B)
    arrived = Push(digest, "2", registry.now(), size_bytes=1, file_count=2, tag="v2")
    repository = find_repository(registry, principal, Reference("app"))

    def cut_off() -> None:
        with registry.database.writing() as connection:
            _record(connection, registry, principal, repository, arrived)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cut_off()
    assert served.pull("atlas://app?tag=v2").entries == B
    assert served.fetch(f"/v1/content/{digest}")[0] == 404  # by digest alone it is found by its row
    served.push(A, tag="v1")
    assert served.fetch(f"/v1/content/{digest}")[0] == 200
    assert served.pull("atlas://app?tag=v2").entries == B
