"""A directory as one archive: packed deterministically, unpacked under limits.

An archive comes from a stranger. It is read as a stream, so that a decompression bomb ends at the limit and
never stands in memory, and only flat regular files pass. Nothing is ever written to a disk from here.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from atlas.errors import DirectoryError
from atlas.wire import tar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUM_FILE = "atlas.sum"

_HERE = "./"
_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK_BYTES = 64 * 1024
_RATIO_FLOOR_BYTES = 1024 * 1024  # below this an honest file may compress to almost nothing
_NAME_LIMIT_BYTES = 255  # NAME_MAX of every file system we store on
_EXTENSION_LIMIT_BYTES = 64 * 1024  # of a pax or GNU header: a name, and a few attributes nobody needs
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Entry(NamedTuple):
    """One file of a directory: a flat name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold. ``ratio`` is unpacked to packed size and counts from 1 MiB on."""

    total_bytes: int = 64 * 1024 * 1024
    entries: int = 20_000
    ratio: int = 200

    @property
    def tar_bytes(self) -> int:
        """The longest tar that can be within the limits: each file has up to three headers, and padding."""
        return self.total_bytes + 4 * tar.BLOCK_BYTES * self.entries


DEFAULT_LIMITS = Limits()


class _Reader(Protocol):
    def read(self, size_bytes: int, /) -> bytes: ...


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A ustar archive of ``entries``, ``atlas.sum`` first and the others in the order given.

    Equal entries give equal bytes. Raises ``DirectoryError`` for a name that ``unpack`` would refuse.
    """
    ordered = sorted(entries, key=lambda entry: entry[0] != SUM_FILE)
    _check_unique(name for name, _ in ordered)
    members = [tar.encode_member(_checked_name(name), content) for name, content in ordered]
    return b"".join([*members, bytes(2 * tar.BLOCK_BYTES)])


def unpack(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Entry, ...]:
    """The files of a tar archive, plain or compressed by gzip, in their order.

    Names may begin with ``./``, and the folder itself may be an entry: ``tar -C folder -c .`` has both.

    Raises ``DirectoryError`` for an archive that is cut off, malformed, over a limit, or that holds anything
    but regular files with flat, unique names.
    """
    reader: _Reader = _Inflating(data, limits) if data.startswith(_GZIP_MAGIC) else io.BytesIO(data)
    try:
        entries = tuple(_members(reader, limits))
    except (tar.MalformedTarError, zlib.error) as error:
        raise DirectoryError(f"the archive cannot be read: {error}") from error
    _check_unique(entry.name for entry in entries)
    return entries


def _members(reader: _Reader, limits: Limits) -> Iterator[Entry]:
    total = count = 0
    long_name: str | None = None
    while (block := _exactly(reader, tar.BLOCK_BYTES)).strip(b"\0"):
        header = tar.decode_header(block)
        if header.kind in tar.REGULAR:
            count, total = count + 1, total + header.size_bytes
            _check_limits(limits, count=count, total_bytes=total)
            name = _checked_name((long_name or header.name).removeprefix(_HERE))
            yield Entry(name, _content(reader, header.size_bytes))
            long_name = None
        elif header.kind == tar.FOLDER and (long_name or header.name) in {_HERE, "."}:
            long_name = None
        else:
            long_name = _extension(reader, header) or long_name


def _extension(reader: _Reader, header: tar.Header) -> str | None:
    if header.kind not in {tar.PAX_LOCAL, tar.PAX_GLOBAL, tar.GNU_LONG_NAME}:
        raise DirectoryError(f'the archive holds "{header.name}", which is not a regular file')
    if header.size_bytes > _EXTENSION_LIMIT_BYTES:
        raise DirectoryError("the archive has an extended header that is too large")
    record = _content(reader, header.size_bytes)
    if header.kind == tar.PAX_LOCAL:
        return tar.pax_path(record)
    if header.kind == tar.GNU_LONG_NAME:
        return record.rstrip(b"\0").decode(errors="replace")
    return None


def _content(reader: _Reader, size_bytes: int) -> bytes:
    content = _exactly(reader, size_bytes)
    _exactly(reader, tar.padding_bytes(size_bytes))
    return content


def _exactly(reader: _Reader, size_bytes: int) -> bytes:
    data = reader.read(size_bytes)
    if len(data) != size_bytes:
        raise tar.MalformedTarError("it is cut off")
    return data


def _check_limits(limits: Limits, *, count: int, total_bytes: int) -> None:
    if count > limits.entries:
        raise DirectoryError(f"the archive holds more than {limits.entries} files")
    if total_bytes > limits.total_bytes:
        raise DirectoryError(f"the archive unpacks to more than {limits.total_bytes} bytes")


def _checked_name(name: str) -> str:
    if not name or name in {".", ".."} or "/" in name or _CONTROL.search(name):
        raise DirectoryError(f"the archive holds {name!r}: expected a file name without a folder")
    if len(name.encode()) > _NAME_LIMIT_BYTES:
        raise DirectoryError(f"the archive holds a file name longer than {_NAME_LIMIT_BYTES} bytes")
    return name


def _check_unique(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise DirectoryError(f'the archive holds "{name}" twice')
        seen.add(name)


class _Inflating:
    """A gzip stream read piece by piece; refuses to pass the limits instead of allocating."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: expect a gzip header
        self._data = data
        self._fed_bytes = 0
        self._pending = b""
        self._buffer = bytearray()
        self._inflated_bytes = 0
        by_ratio = max(_RATIO_FLOOR_BYTES, limits.ratio * len(data))
        self._limit_bytes = min(limits.tar_bytes, by_ratio)

    def read(self, size_bytes: int, /) -> bytes:
        while len(self._buffer) < size_bytes and not self._decompressor.eof:
            if not self._pending:  # NB: what is not consumed is copied at every call, so it must be short
                self._pending = self._data[self._fed_bytes : self._fed_bytes + _CHUNK_BYTES]
                self._fed_bytes += len(self._pending)
            piece = self._decompressor.decompress(self._pending, _CHUNK_BYTES)
            self._pending = self._decompressor.unconsumed_tail
            if not piece and not self._pending and self._fed_bytes == len(self._data):
                break
            self._count(len(piece))
            self._buffer += piece
        data = bytes(self._buffer[:size_bytes])
        del self._buffer[:size_bytes]
        return data

    def _count(self, size_bytes: int) -> None:
        self._inflated_bytes += size_bytes
        if self._inflated_bytes > self._limit_bytes:
            raise DirectoryError(
                f"the archive unpacks to more than {self._limit_bytes} bytes, which is more than its size allows"
            )
