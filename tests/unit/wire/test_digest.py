from __future__ import annotations

import hashlib

import pytest
from atlas.errors import DirectoryError
from atlas.wire.digest import (
    digest_of,
    digest_of_manifest,
    file_records,
    hex_of,
    is_digest,
    manifest_bytes,
    parse_manifest,
)

FILES = [("atlas.sum", b"h1:\n"), ("1_ü.sql", b"SELECT 1;\n")]


def test_the_digest_is_the_hash_of_the_canonical_manifest() -> None:
    sums = [hashlib.sha256(content).hexdigest() for _, content in FILES]
    manifest = f'[{{"name":"atlas.sum","sha256":"{sums[0]}","size":4}},{{"name":"1_ü.sql","sha256":"{sums[1]}","size":10}}]'
    assert manifest_bytes(file_records(FILES)).decode() == manifest
    assert digest_of(FILES) == "sha256:" + hashlib.sha256(manifest.encode()).hexdigest()


def test_order_names_and_bytes_are_part_of_the_identity() -> None:
    others = [FILES[::-1], FILES[:1], [("atlas.sum", b"h1:\n"), ("2_ü.sql", b"SELECT 1;\n")]]
    assert digest_of(FILES) not in {digest_of(other) for other in others}


def test_a_manifest_is_read_as_it_was_written() -> None:
    records = file_records(FILES)
    assert parse_manifest(manifest_bytes(records)) == records


@pytest.mark.parametrize("text", [b"", b"{}x", b'[{"name":"a"}]', b"[1]"])
def test_a_broken_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(DirectoryError, match="manifest"):
        parse_manifest(text)


def test_the_form_of_a_digest_is_known() -> None:
    digest = digest_of_manifest(b"[]")
    assert is_digest(digest)
    assert is_digest(f"sha256:{hex_of(digest)}")
    assert not is_digest(hex_of(digest))
    assert not is_digest(digest.upper())
    assert not is_digest(f"{digest}\n")
