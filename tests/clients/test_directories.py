"""The Go tools and Atlas read every directory in ``directories/`` alike, down to the byte."""

from __future__ import annotations

import io
import tarfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from atlas.engine.directory import from_entries, to_entries
from atlas.sources.local import read_directory

from tests.clients.answers import DIRECTORIES, go_directory, our_directory
from tests.clients.interchange import Interchange


@pytest.fixture(scope="module")
def go_answers(interchange: Interchange) -> dict[Path, Any]:
    answers = interchange.ask("directory", [str(path) for path in DIRECTORIES])
    return dict(zip(DIRECTORIES, answers, strict=True))


def test_there_are_directories_of_many_kinds():
    assert len(DIRECTORIES) >= 30


@pytest.mark.parametrize("path", DIRECTORIES, ids=lambda path: path.name)
def test_a_directory_reads_alike(path: Path, go_answers: dict[Path, Any]):
    assert our_directory(read_directory(path)) == go_directory(go_answers[path])


@pytest.mark.parametrize("path", DIRECTORIES, ids=lambda path: path.name)
def test_an_archive_of_the_go_tools_holds_our_entries(path: Path, go_answers: dict[Path, Any]):
    with tarfile.open(fileobj=io.BytesIO(b64decode(go_answers[path]["archive"]))) as archive:
        entries = tuple((member.name, archive.extractfile(member).read()) for member in archive.getmembers())
    directory = read_directory(path)
    assert to_entries(directory) == entries
    assert from_entries(entries) == directory
