"""The shape of the checkout: what may lie where, how long a file may be, and what may never be committed."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "operator"
LONGEST_FILE_LINES = 400
HARD_LIMIT_LINES = 500
LONGER_BY_AGREEMENT: dict[str, str] = {}
"""Files between the two limits, each with the reason why it is not split."""

TEST_IS_READ = re.compile(
    r"^(?:from|import) (?:tests[\w.]*\.test_\w+|tests[\w.]* import .*\btest_\w+)", re.MULTILINE
)
MACHINE_PATH = re.compile(r"(?<![\w.~$}-])/(?:root|home/[a-z]\w*|work|Users/\w+)/[\w.-]")


@cache
def tracked_files() -> tuple[Path, ...]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file())


def test_the_source_root_holds_the_package_and_nothing_else() -> None:
    # An __init__.py here would make a package `operator`, and hide the standard library's.
    found = {
        path.name for path in SOURCES.iterdir() if path.suffix != ".egg-info" and path.name != "__pycache__"
    }
    assert found == {"atlas"}


def test_no_module_of_the_package_is_named_as_one_of_the_standard_library() -> None:
    names = {path.stem for path in (SOURCES / "atlas").iterdir()}
    assert names & sys.stdlib_module_names == set()


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked_files()
        if path.suffix == ".py" and path.is_relative_to(SOURCES) | path.is_relative_to(ROOT / "tests")
        if (lines := path.read_bytes().count(b"\n")) > limit_of(path)
    }
    assert too_long == {}, "split by kind of object"


def test_no_test_is_read_by_another() -> None:
    # Whoever changes a test need not think of others: what several need lies beside them.
    found = {
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in tracked_files()
        if path.suffix == ".py" and path.is_relative_to(ROOT / "tests")
        if (hit := TEST_IS_READ.search(path.read_text()))
    }
    assert found == set()


def limit_of(path: Path) -> int:
    agreed = str(path.relative_to(ROOT)) in LONGER_BY_AGREEMENT
    return HARD_LIMIT_LINES if agreed else LONGEST_FILE_LINES


LOCKS = ("requirements.lock", "requirements-image.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_index(name: str) -> None:
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    assert "--index-url" not in lock
    assert " @ " not in lock


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name: str) -> None:
    lock = (ROOT / name).read_text()
    requirements = re.findall(r"^[a-z0-9][\w.\[\],-]*==.*(?:\n[ \t].*)*", lock, re.MULTILINE)
    assert len(requirements) > 50
    assert [each.splitlines()[0] for each in requirements if "--hash=sha256:" not in each] == []


def test_a_folder_of_somebodys_machine_is_known_when_it_is_seen() -> None:
    for folder in ("root", "home/ann", "work"):
        assert MACHINE_PATH.search(f'path = "/{folder}/atlas"')
    assert not MACHINE_PATH.search("https://example.com/docs/work/flow")


def test_no_tracked_file_names_a_folder_of_somebodys_machine() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in tracked_files()
        if (hit := MACHINE_PATH.search(path.read_text(errors="replace")))
    }
    assert found == set()


def test_the_image_has_the_versions_that_are_tested() -> None:
    pins = {
        name: set(re.findall(r"^[a-z0-9][\w.\[\],-]*==[^ ;]+", (ROOT / name).read_text(), re.MULTILINE))
        for name in LOCKS
    }
    only_to_build = {"hatchling", "tomlkit", "trove-classifiers"}
    missing = pins["requirements-image.lock"] - pins["requirements.lock"]
    assert {pin.partition("==")[0] for pin in missing} <= only_to_build
