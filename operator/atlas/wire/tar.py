"""The ustar header: 512 bytes written as Go's ``archive/tar`` writes them for a Name, a Mode and a Size.

Only the notation is here. What an archive may hold (limits, flat names) is decided in ``archive``.
Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header File Format".
"""

from __future__ import annotations

from dataclasses import dataclass

BLOCK_BYTES = 512
REGULAR = frozenset({b"0", b"\0"})
FOLDER = b"5"
PAX_LOCAL = b"x"
PAX_GLOBAL = b"g"
GNU_LONG_NAME = b"L"

_NAME_BYTES = 100
_MODE = 0o600
_RECORDS = 64
"""In one extended header; tools write about twenty."""
_LENGTH_DIGITS = 8
_CHECKSUM = slice(148, 156)


class MalformedTarError(ValueError):
    """A block that is no tar header; ``archive`` turns it into a ``DirectoryError``."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header block: ``kind`` is the type flag, ``size_bytes`` what follows it without padding."""

    name: str
    kind: bytes
    size_bytes: int


def encode_member(name: str, content: bytes) -> bytes:
    """One file: its header (after a pax record, where the name needs one) and its padded content."""
    encoded = name.encode()
    if encoded.isascii() and len(encoded) <= _NAME_BYTES:
        return _header(encoded, content, kind=b"0", mode=_MODE) + _padded(content)
    ascii_name = bytes(byte for byte in encoded if byte < 0x80)  # noqa: PLR2004 - the first byte above ASCII
    record = _pax_record("path", encoded)
    extended = _header((b"PaxHeaders.0/" + ascii_name)[:_NAME_BYTES], record, kind=PAX_LOCAL, mode=0)
    header = _header(ascii_name[:_NAME_BYTES], content, kind=b"0", mode=_MODE)
    return extended + _padded(record) + header + _padded(content)


def decode_header(block: bytes) -> Header:
    """The header in one block; raises ``MalformedTarError`` where its checksum or a number is wrong."""
    if _checksum(block) != _octal(block[_CHECKSUM]):
        raise MalformedTarError("a header has a wrong checksum")
    name, prefix = _text(block[:_NAME_BYTES]), _text(block[345:500])
    if prefix and block[257:263] == b"ustar\0":
        name = f"{prefix}/{name}"
    return Header(name=name, kind=block[156:157], size_bytes=_octal(block[124:136]))


def pax_path(block: bytes) -> str | None:
    """The ``path`` of a pax extended header, None where it has none.

    Raises ``MalformedTarError`` also for what would make another file of it than its bytes in the archive.
    """
    path: str | None = None
    start = 0
    for _ in range(_RECORDS):
        if start == len(block):
            return path
        key, value, start = _record(block, start)
        if key == b"path":
            path = _text(value)
        elif key == b"size" or key.startswith(b"GNU.sparse."):
            raise MalformedTarError("a file is written in parts, or its size in two places")
    raise MalformedTarError("an extended header has too many records")


def _record(block: bytes, start: int) -> tuple[bytes, bytes, int]:
    """The key and value of the record at a place, and where the next one begins."""
    digits, separator, _ = block[start : start + _LENGTH_DIGITS + 1].partition(b" ")
    end = start + int(digits) if separator and digits.isdigit() else 0
    if not start + len(digits) < end <= len(block):
        raise MalformedTarError("an extended header is cut off")
    key, _, value = block[start + len(digits) + 1 : end - 1].partition(b"=")
    return key, value, end


def padding_bytes(size_bytes: int) -> int:
    """What follows content of ``size_bytes`` up to the next block."""
    return -size_bytes % BLOCK_BYTES


def _header(name: bytes, content: bytes, *, kind: bytes, mode: int) -> bytes:
    block = bytearray(BLOCK_BYTES)
    block[: len(name)] = name
    block[100:124] = b"%07o\0%07o\0%07o\0" % (mode, 0, 0)  # mode, uid, gid
    block[124:148] = b"%011o\0%011o\0" % (len(content), 0)  # size, mtime: Go's zero time is the epoch
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    if kind != PAX_LOCAL:
        block[329:345] = b"%07o\0%07o\0" % (0, 0)  # devmajor, devminor: Go writes them for files only
    block[_CHECKSUM] = b"%06o\0 " % _checksum(bytes(block))
    return bytes(block)


def _padded(content: bytes) -> bytes:
    return content + bytes(padding_bytes(len(content)))


def _pax_record(key: str, value: bytes) -> bytes:
    body = b" %s=%s\n" % (key.encode(), value)
    size = len(body) + len(str(len(body)))
    if len(body) + len(str(size)) != size:  # the length counts its own digits
        size += 1
    return str(size).encode() + body


def _checksum(block: bytes) -> int:
    return sum(block) - sum(block[_CHECKSUM]) + 8 * ord(" ")


def _octal(field: bytes) -> int:
    digits = field.strip(b" \0") or b"0"
    if digits.strip(b"01234567"):
        raise MalformedTarError("a header has a number that is not octal")
    return int(digits, 8)


def _text(field: bytes) -> str:
    try:
        return field.split(b"\0", 1)[0].decode()
    except UnicodeDecodeError:
        raise MalformedTarError("a file name is not UTF-8") from None
