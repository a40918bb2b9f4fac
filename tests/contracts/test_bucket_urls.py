"""Addresses of buckets, and what only the file bucket has: a folder that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.buckets import open_bucket
from atlas.errors import SpecError, Unavailable, Unsupported

if TYPE_CHECKING:
    from pathlib import Path


def test_objects_are_plain_files_in_folders(tmp_path: Path) -> None:
    open_bucket(tmp_path.as_uri()).put_if_absent("a/1_x y.sql", b"SELECT 1;\n")
    assert (tmp_path / "a" / "1_x y.sql").read_bytes() == b"SELECT 1;\n"


def test_files_are_for_their_owner(tmp_path: Path) -> None:
    open_bucket((tmp_path / "new").as_uri()).put_if_absent("a/b", b"")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "a" / "b").stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_of_a_refused_put(tmp_path: Path) -> None:
    bucket = open_bucket(tmp_path.as_uri())
    with pytest.raises(Unavailable):
        bucket.put_if_absent("a" * 300, b"too long a name")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_outage_says_what_happened_and_not_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot serve") as caught:
        open_bucket((tmp_path / "file").as_uri()).put_if_absent("a", b"")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["s3://b/p?region=x", "gs://b", "azblob://c", "azureblob://c", "az://c", "azure://c"]
)
def test_a_store_to_come_is_named_with_its_extra(url: str) -> None:
    with pytest.raises(Unsupported, match=r"atlas-operator\[(s3|gcs|azure)\]"):
        open_bucket(url)


@pytest.mark.parametrize("url", ["ftp://x", "x", "file://host/path", "file:relative", "file:///a?profile=x"])
def test_an_address_that_is_not_understood_is_refused(url: str) -> None:
    with pytest.raises(SpecError):
        open_bucket(url)
