"""Where a registry may keep its content, and where its backup may go: a folder, and a bucket of each kind of store."""

from __future__ import annotations

import gc
import warnings
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORES = ("file", "s3", "gcs", "azure")


def place_of(request: pytest.FixtureRequest, store: str, folder: Path) -> str:
    """The URL of an empty place in a store."""
    match store:
        case "file":
            return (folder / "a place").as_uri()
        case "s3":
            return f"s3://{request.getfixturevalue('s3_bucket')}/a/place?region=eu-central-1"
        case "gcs":
            return f"gs://{request.getfixturevalue('gcs_bucket')}/a/place"
        case _:
            return f"azblob://{request.getfixturevalue('azure_container')}/a/place"


@pytest.fixture(params=STORES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty place in each kind of store."""
    yield place_of(request, request.param, tmp_path)
    if request.param in {
        "gcs",
        "azure",
    }:  # circles of errors, answers and sockets that these libraries leave behind
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
