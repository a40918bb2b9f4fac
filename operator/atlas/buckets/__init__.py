"""Object stores behind the port ``wire.bucket.Bucket``; ``open_bucket`` chooses one by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from atlas.errors import SpecError, Unsupported

if TYPE_CHECKING:
    from atlas.wire.bucket import Bucket

_COMING = {
    "s3": "s3",
    "gs": "gcs",
    "azblob": "azure",
    "azureblob": "azure",
    "az": "azure",
    "azure": "azure",
}


def open_bucket(url: str) -> Bucket:
    """The store at ``url``: ``file:///folder``, which is made when something is first put.

    Raises ``SpecError`` for an address that is not understood, ``Unsupported`` for a store not served yet.
    """
    parts = urlsplit(url)
    if extra := _COMING.get(parts.scheme):
        raise Unsupported(
            f"{parts.scheme}:// buckets are not served by this version; they will come with the extra "
            f'"atlas-operator[{extra}]": use file:///folder until then'
        )
    if parts.scheme != "file":
        raise SpecError(f'unknown bucket scheme "{parts.scheme}": expected file:///folder')
    if parts.netloc or not parts.path.startswith("/"):
        raise SpecError("a file bucket takes an absolute folder: file:///folder")
    if parts.query:
        raise SpecError(f'unknown key "{parts.query.partition("=")[0]}": a file bucket takes none')

    from atlas.buckets.file import FileBucket

    return FileBucket(unquote(parts.path))
