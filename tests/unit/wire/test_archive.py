from __future__ import annotations

import gzip
import hashlib
import io
import tarfile

import pytest
from atlas.errors import DirectoryError
from atlas.wire.archive import Entry, Limits, pack, unpack

ENTRIES = (
    Entry("atlas.sum", b"h1:abc=\n"),
    Entry("1_a b.sql", b"SELECT 1;\n"),
    Entry("2_über ✓.sql", b"\0\xff" * 700),
    Entry(f"3_{'x' * 120}.sql", b""),
)


def tar_of(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.USTAR_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def test_a_directory_survives_the_round_trip() -> None:
    assert unpack(pack(ENTRIES)) == ENTRIES


def test_a_gzipped_directory_is_read_too() -> None:
    assert unpack(gzip.compress(pack(ENTRIES))) == ENTRIES


def test_an_empty_directory_is_an_archive() -> None:
    assert unpack(pack([])) == ()


def test_equal_files_make_equal_bytes() -> None:
    assert pack(list(ENTRIES)) == pack(iter(ENTRIES))


def test_the_sum_file_comes_first_and_the_others_keep_their_order() -> None:
    packed = pack([Entry("2.sql", b""), Entry("1.sql", b""), Entry("atlas.sum", b"")])
    assert [entry.name for entry in unpack(packed)] == ["atlas.sum", "2.sql", "1.sql"]


def test_another_tar_reader_agrees() -> None:
    with tarfile.open(fileobj=io.BytesIO(pack(ENTRIES))) as archive:
        members = archive.getmembers()
        read = [(m.name, archive.extractfile(m).read()) for m in members]  # type: ignore[union-attr]
    assert read == [tuple(entry) for entry in ENTRIES]
    assert {(m.mode, m.mtime, m.uid, m.gid, m.uname) for m in members} == {(0o600, 0, 0, 0, "")}


def test_the_bytes_are_those_of_go() -> None:
    """The hash is of what Go 1.26's archive/tar writes for the Name, Mode (0600) and Size of these files."""
    names = {
        "atlas.sum": b"h1:abc=\n",
        "1_a b.sql": b"SELECT 1;\n",
        "2_über ✓.sql": b"x",
        f"3_{'x' * 120}.sql": b"",
    }
    of_go = "8a4a86c3239b7382f5eaea6aec8038f547cf5432861eba0405c8c6a864190492"
    assert hashlib.sha256(pack(names.items())).hexdigest() == of_go


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_and_unicode_names_of_other_writers_are_read(form: int) -> None:
    name = f"1_{'ü' * 60}{'y' * 60}.sql"
    data = tar_of((tarfile.TarInfo(name), b"SELECT 1;"), (tarfile.TarInfo("2.sql"), b"2"), form=form)
    assert [entry.name for entry in unpack(data)] == [name, "2.sql"]


@pytest.mark.parametrize(
    "name", ["a/b.sql", "../b.sql", "/b.sql", "..", ".", "a\nb.sql", "././b.sql", "./a/b.sql"]
)
def test_a_name_that_is_no_flat_file_is_refused(name: str) -> None:
    with pytest.raises(DirectoryError, match="without a folder"):
        unpack(tar_of((tarfile.TarInfo(name), b"")))


def test_a_folder_that_was_packed_as_a_dot_is_read() -> None:
    here = tarfile.TarInfo("./")
    here.type = tarfile.DIRTYPE
    data = tar_of((here, b""), (tarfile.TarInfo("./1.sql"), b"one"), (tarfile.TarInfo("./atlas.sum"), b"h1:"))
    assert unpack(data) == (Entry("1.sql", b"one"), Entry("atlas.sum", b"h1:"))


def test_one_file_by_two_names_is_refused() -> None:
    with pytest.raises(DirectoryError, match=r'"1.sql" twice'):
        unpack(tar_of((tarfile.TarInfo("./1.sql"), b"a"), (tarfile.TarInfo("1.sql"), b"b")))


def test_a_name_that_would_be_refused_is_not_packed() -> None:
    with pytest.raises(DirectoryError, match="without a folder"):
        pack([Entry("a/b.sql", b"")])


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]
)
def test_anything_but_a_file_is_refused_by_name(kind: bytes) -> None:
    info = tarfile.TarInfo("passwd")
    info.type, info.linkname = kind, "/etc/passwd"
    with pytest.raises(DirectoryError, match=r'"passwd/?", which is not a regular file'):
        unpack(tar_of((info, b"")))


def test_a_name_twice_is_refused() -> None:
    with pytest.raises(DirectoryError, match=r'"1.sql" twice'):
        unpack(tar_of((tarfile.TarInfo("1.sql"), b"a"), (tarfile.TarInfo("1.sql"), b"b")))


@pytest.mark.parametrize("cut", [1, 100, 511, 512, 600, 1024])
def test_an_archive_that_is_cut_off_is_refused(cut: int) -> None:
    data = pack([Entry("1.sql", b"x" * 100)])[:cut]
    with pytest.raises(DirectoryError, match="cut off"):
        unpack(data)


def test_a_gzip_that_is_cut_off_is_refused() -> None:
    with pytest.raises(DirectoryError, match="cut off"):
        unpack(gzip.compress(pack(ENTRIES))[:-20])


def test_a_changed_header_is_refused() -> None:
    data = bytearray(pack(ENTRIES))
    data[1024] ^= 1
    with pytest.raises(DirectoryError, match="checksum"):
        unpack(bytes(data))


@pytest.mark.parametrize("data", [b"", b"not a tar", b"x" * 600, b"\x1f\x8bbroken"])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(DirectoryError):
        unpack(data)


def test_too_many_files_are_refused() -> None:
    data = pack([Entry(f"{number}.sql", b"") for number in range(4)])
    with pytest.raises(DirectoryError, match="more than 3 files"):
        unpack(data, Limits(entries=3))


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(DirectoryError, match="more than 99 bytes"):
        unpack(pack([Entry("1.sql", b"x" * 100)]), Limits(total_bytes=99))


def test_a_size_that_a_header_only_claims_is_refused_before_it_is_read() -> None:
    info = tarfile.TarInfo("1.sql")
    info.size = 8**11 - 1
    with pytest.raises(DirectoryError, match="unpacks to more than"):
        unpack(info.tobuf(tarfile.USTAR_FORMAT))


def test_a_bomb_is_refused_by_its_ratio() -> None:
    bomb = gzip.compress(pack([Entry("1.sql", b"\0" * 8 * 1024 * 1024)]))
    with pytest.raises(DirectoryError, match="more than its size allows"):
        unpack(bomb)


def test_a_bomb_of_empty_blocks_is_refused_too() -> None:
    with pytest.raises(DirectoryError, match="more than its size allows"):
        unpack(gzip.compress(pack([Entry("1.sql", b"a")])[:-1024] + pack([Entry("2.sql", b"b" * 9_000_000)])))


def test_a_small_file_may_compress_well() -> None:
    entry = Entry("1.sql", b"x" * 500_000)
    assert unpack(gzip.compress(pack([entry]))) == (entry,)


def _extended(records: bytes) -> bytes:
    info = tarfile.TarInfo("PaxHeaders.0/a.sql")
    info.type, info.size = tarfile.XHDTYPE, len(records)
    return info.tobuf(tarfile.USTAR_FORMAT) + records + bytes(-len(records) % 512)


@pytest.mark.parametrize(
    "records",
    [
        b"4 =\n" * 16_000,
        b"9" * 5000 + b" path=x\n",
        b"5 a=\n" * 2 + b"99 path=x\n",
        b"0 path=x\n",
        b"10 size=5\n",
        b"26 GNU.sparse.realsize=99\n",
    ],
    ids=["many", "a length of many digits", "cut off", "no length", "another size", "in parts"],
)
def test_an_extended_header_that_says_more_than_a_name_is_refused(records: bytes) -> None:
    with pytest.raises(DirectoryError, match="cannot be read"):
        unpack(_extended(records) + tar_of((tarfile.TarInfo("a.sql"), b"SELECT 1;")))


@pytest.mark.parametrize("size", [b"-0000000001\0", b"0_0_0_0_0_1\0", b"+0000000001\0"])
def test_a_size_that_is_no_octal_number_is_refused(size: bytes) -> None:
    block = bytearray(tar_of((tarfile.TarInfo("a.sql"), b"x"))[:512])
    block[124:136] = size
    block[148:156] = b"%06o\0 " % (sum(block) - sum(block[148:156]) + 8 * ord(" "))
    with pytest.raises(DirectoryError, match="not octal"):
        unpack(bytes(block) + b"x" + bytes(511) + bytes(1024))
