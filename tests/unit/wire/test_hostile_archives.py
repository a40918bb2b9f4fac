"""Archives that cost time or spoil a terminal, beside those that are bombs."""

from __future__ import annotations

import gzip
import random
import zlib
from typing import Any

import pytest
from atlas.errors import DirectoryError
from atlas.wire.archive import pack, unpack


def test_what_does_not_compress_is_read_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the library leaves of a piece it copies: all of 60 MB at once took a minute and a half."""
    longest, inflating = 0, zlib.decompressobj

    class Recording:
        def __init__(self, bits: int) -> None:
            self._inner = inflating(bits)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

        def decompress(self, data: bytes, most: int) -> bytes:
            nonlocal longest
            longest = max(longest, len(data))
            return bytes(self._inner.decompress(data, most))

    monkeypatch.setattr(zlib, "decompressobj", Recording)
    entries = (("1.sql", random.Random(1).randbytes(2_000_000)), ("2.sql", b""))
    assert unpack(gzip.compress(pack(entries))) == entries
    assert longest <= 64 * 1024


@pytest.mark.parametrize("cut", [1, 8, 100, 70_000])
def test_a_compressed_archive_that_is_cut_off_ends(cut: int) -> None:
    data = gzip.compress(pack([("1.sql", random.Random(1).randbytes(200_000))]))
    if cut <= 8:  # its checksum alone
        assert unpack(data[:-cut])[0].name == "1.sql"
        return
    with pytest.raises(DirectoryError, match="cut off"):
        unpack(data[:-cut])


@pytest.mark.parametrize("name", ["\x1b[2J.sql", "1\x7f.sql", "1\x9b2J.sql", "1\n.sql", "1\0.sql"])
def test_a_name_that_moves_a_cursor_is_refused(name: str) -> None:
    with pytest.raises(DirectoryError, match="expected a file name without a folder") as caught:
        pack([(name, b"")])
    assert str(caught.value).isprintable()
