"""``blob_dir``: a migration directory in a bucket, as ``atlas.sum`` and ``*.sql`` below one prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import SpecError, Unsupported
from atlas.project.data import MadeDirectory
from atlas.sources.data.calls import check_names, required

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.project.data import SourceCall
    from atlas.sources.data.runtimevar.url import VariableURL


def blob_dir(call: SourceCall) -> object:
    """The URL of the directory at ``s3://bucket/prefix?region=…&profile=…``."""
    from atlas.sources.data.runtimevar.url import read_url

    check_names(call, "url")
    required(call, "url")
    url = read_url(call)
    if url.scheme != "s3":
        raise Unsupported(
            f'buckets of scheme "{url.scheme}" are not supported by this version: expected s3://bucket/folder'
        )
    made = MadeDirectory(tuple(_files(url)))
    if not made.files:
        raise SpecError(f"{url}: no *.sql files: expected a migration directory")
    return {"url": call.memory.keep(made, f"{call.type}/{call.name}")}


def _files(url: VariableURL) -> Iterator[tuple[str, bytes]]:
    from atlas.sources.data.aws import client_of, translated

    client = client_of("s3", url)
    folder = url.path.strip("/")
    prefix = f"{folder}/" if folder else ""
    with translated(str(url)):
        for page in client.get_paginator("list_objects_v2").paginate(
            Bucket=url.host, Prefix=prefix, Delimiter="/"
        ):
            for item in page.get("Contents", ()):
                name = str(item["Key"]).removeprefix(prefix)
                if name.endswith(".sql") or name == "atlas.sum":
                    yield name, client.get_object(Bucket=url.host, Key=item["Key"])["Body"].read()
