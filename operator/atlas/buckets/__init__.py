"""Object stores behind the port ``wire.bucket.Bucket``; ``open_bucket`` chooses one by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.wire.bucket import Bucket

SCHEMES = ("file", "s3", "gs", "azblob", "azureblob", "az", "azure")


def open_bucket(url: str, credentials: Mapping[str, str] | None = None) -> Bucket:
    """The store at ``url``; neither it nor the machine is asked anything before the first method is called.

    ``credentials`` are values by the usual names of variables (``AWS_ACCESS_KEY_ID``, …). When they are given, even
    an empty mapping, no other credentials are looked for, and link-local and metadata addresses are refused; None means
    the credentials of this process and machine.

    Raises:
        SpecError: The address or the credentials are not understood, or the store's library is not installed.
        Unsupported: A key of the address is known, and not served.
    """
    if credentials is not None:  # a Secret made of a file ends with its last line break
        credentials = {name: value.strip() for name, value in credentials.items()}
    match urlsplit(url).scheme:
        case "file":
            return _open_folder(url, credentials)
        case "s3":
            from atlas.buckets.s3 import open_s3

            return open_s3(url, credentials)
        case "gs":
            from atlas.buckets.gcs import open_gcs

            return open_gcs(url, credentials)
        case "azblob" | "azureblob" | "az" | "azure":
            from atlas.buckets.azure import open_azure

            return open_azure(url, credentials)
        case scheme:
            listed = ", ".join(f"{one}://" for one in SCHEMES)
            missing = "" if scheme else " (the URL has none)"
            raise SpecError(f'unknown bucket scheme "{scheme}"{missing}: expected one of {listed}')


def _open_folder(url: str, credentials: Mapping[str, str] | None) -> Bucket:
    parts = urlsplit(url)
    if parts.netloc or not parts.path.startswith("/"):
        given = f"{parts.netloc.rpartition('@')[2]}{parts.path}"
        raise SpecError(f'a file bucket takes an absolute folder: expected file:///folder, not "{given}"')
    if parts.query:
        raise SpecError(f'unknown key "{parts.query.partition("=")[0]}": a file bucket takes none')
    if credentials:
        raise SpecError("a file bucket takes no credentials")

    from atlas.buckets.file import FileBucket

    return FileBucket(unquote(parts.path))
