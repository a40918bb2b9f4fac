"""The body of an answer, read within bounds: of size, of time, and of what a compressed piece may become.

Who answers may be anybody; a bound is an outage, so that a backup may stand in.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from atlas.errors import Unavailable
from atlas.wire.foreign import is_long

if TYPE_CHECKING:
    import httpx

    from atlas.wire.operations import Operation

ACCEPTED_ENCODINGS = "gzip, deflate"
"""NB: said of our own, for httpx says what happens to be installed, and bounds none of it."""
_LONG_LIMIT_BYTES = 256 * 1024 * 1024
"""The longest archive of a directory has 140 MiB in base64; the texts of a schema are escaped."""
_LIMIT_BYTES = 32 * 1024 * 1024
_SLOWEST_BYTES_PER_S = 16 * 1024
_ENCODINGS = {"", "identity", *ACCEPTED_ENCODINGS.split(", ")}


class UnboundedError(Unavailable):
    """An outage that would be the same at the next try, and cost as much."""


def limit_bytes(operation: Operation) -> int:
    """How long the answer to a question may be."""
    return _LONG_LIMIT_BYTES if is_long(operation) else _LIMIT_BYTES


def read_body(response: httpx.Response, most_bytes: int, silence_s: float) -> bytes:
    """The body; a server may be slow, but gets nowhere by letting it drip. Raises ``UnboundedError``."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:  # NB: gzip in gzip makes 64 GiB of the first 64 KiB that come
        raise UnboundedError(
            f"{response.url} answers in an encoding that it was not asked for: {encoding!a:.40}"
        )
    pieces, size_bytes, begun_at = [], 0, time.monotonic()
    for piece in response.iter_bytes():
        size_bytes += len(piece)
        if size_bytes > most_bytes:
            raise UnboundedError(f"{response.url} answers more than {most_bytes} bytes")
        if time.monotonic() - begun_at > silence_s + size_bytes / _SLOWEST_BYTES_PER_S:
            raise UnboundedError(f"{response.url} answers slower than {_SLOWEST_BYTES_PER_S} bytes a second")
        pieces.append(piece)
    return b"".join(pieces)
