"""``atlas registry import``: a registry that has what another one has, read over the wire alone."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from atlas.server.run import DataOptions
from atlas.server.store.tokens import create_token

from tests.integration.cli.conftest import Shell
from tests.integration.registry.conftest import A, B, Served, serving
from tests.integration.registry.filled import SMALL, Filled, fill, seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Move(NamedTuple):
    """The registry that is left, and a shell on the machine of the new one."""

    left: Served
    shell: Shell
    new: Path

    def imported(self, token: str, *flags: str) -> list[str]:
        command = ("registry", "import", "--data", str(self.new), "--from", self.left.url)
        return self.shell.ok(*command, "--token", token, *flags).splitlines()


@pytest.fixture
def move(tmp_path: Path) -> Iterator[Move]:
    environ = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    with serving(DataOptions(tmp_path / "old")) as left:
        yield Move(left, Shell(tmp_path, environ), tmp_path / "new")


def test_all_projects_of_a_registry_are_imported_by_a_token_of_each(move: Move) -> None:
    before = fill(move.left, SMALL)

    for token in before.tokens.values():
        move.imported(token)

    with serving(DataOptions(move.new)) as here:
        tokens = {name: create_token(here.registry, name, name="of-test") for name in before.tokens}
        assert told(seen(here, tokens)) == told(before)


def test_another_import_brings_what_came_since_and_keeps_what_is_here(move: Move) -> None:
    move.left.push(A, tag="v1")
    move.imported(move.left.token)
    with serving(DataOptions(move.new)) as here:
        here.push(B, "ours")
    assert move.imported(move.left.token)[-1].endswith(
        "1 repository, 1 version, 0 plans; nothing new. This registry has 2 repositories now."
    )
    move.left.push(B, tag="v2")

    lines = move.imported(move.left.token)

    assert lines[0] == "acme/app: 1 version brought"
    with serving(DataOptions(move.new)) as here:
        assert here.pull("atlas://app?tag=v2").entries == B
        assert here.pull("atlas://ours").entries == B


def test_a_registry_may_be_imported_into_a_project_of_another_name(move: Move) -> None:
    move.left.push(A)

    assert move.imported(move.left.token, "--project", "shop")[0] == "shop/app: 1 version brought"

    with serving(DataOptions(move.new)) as here:
        assert here.seen_by("shop").pull().entries == A


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--token", "aci_x"], 'required flag(s) "from" not set: expected the address of a registry'),
        (
            ["--from", "http://127.0.0.1:1"],
            'required flag(s) "token" not set: give --token, or set ATLAS_IMPORT_TOKEN',
        ),
        (
            ["--from", "http://127.0.0.1:1", "--token", "aci_secret"],
            "127.0.0.1:1 cannot be reached: Connection refused: is the other registry running? Check --from\n",
        ),
    ],
)
def test_what_cannot_be_imported_is_told_and_nothing_is_made(
    move: Move, flags: list[str], words: str
) -> None:
    answer = move.shell("registry", "import", "--data", str(move.new), *flags)

    assert answer.code == 1
    assert words in answer.err
    assert "aci_secret" not in answer.err
    assert not move.new.exists()


def test_a_token_that_is_refused_imports_nothing(move: Move) -> None:
    answer = move.shell(
        "registry", "import", "--data", str(move.new), "--from", move.left.url, "--token", "aci_no"
    )

    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.endswith(
        "Unauthorized: the other registry does not know this token: check --token, or ATLAS_IMPORT_TOKEN\n"
    )
    assert not move.new.exists()


def told(found: Filled) -> object:
    """All but the numbers of repositories, by which links are made: they were here before."""
    indexes = {str(index.key): replace(index, id=0) for index in found.indexes}
    return indexes, found.pulls, {name: plan[:2] for name, plan in found.plans.items()}
