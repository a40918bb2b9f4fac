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


def pax_path(record: bytes) -> str | None:
    """The ``path`` of a pax extended header, None where it has none."""
    path: str | None = None
    while record:
        digits, separator, _ = record.partition(b" ")
        if not separator or not digits.isdigit() or not len(digits) < int(digits) <= len(record):
            raise MalformedTarError("an extended header is cut off")
        key, _, value = record[len(digits) + 1 : int(digits) - 1].partition(b"=")
        if key == b"path":
            path = _text(value)
        record = record[int(digits) :]
    return path


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
    digits = field.strip(b" \0")
    try:
        return int(digits or b"0", 8)
    except ValueError:
        raise MalformedTarError("a header has a number that is not octal") from None


def _text(field: bytes) -> str:
    try:
        return field.split(b"\0", 1)[0].decode()
    except UnicodeDecodeError:
        raise MalformedTarError("a file name is not UTF-8") from None
