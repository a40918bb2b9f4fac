"""What stands behind ``?`` in the URL of a directory: it has its meaning, or is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.directory_world import World

if TYPE_CHECKING:
    from pathlib import Path

DEV = ("--dev-url", "sqlite://dev?mode=memory")
ONE, TWO = "CREATE TABLE one (id integer);\n", "CREATE TABLE two (id integer);\n"
PROJECT = """
data "template_dir" "m" {
  path = "m"
}
env "e" {
  url = "sqlite://app.db"
  src = "${data.template_dir.m.url}?version=1"
  migration {
    dir = "${data.template_dir.m.url}?version=1"
  }
}
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path, {"HOME": str(tmp_path)})
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "1_one.sql").write_text(ONE)
    (tmp_path / "m" / "2_two.sql").write_text(TWO)
    (tmp_path / "atlas.hcl").write_text(PROJECT)
    assert made("migrate", "hash", "--dir", "file://m").code == 0
    return made


@pytest.mark.parametrize(
    "words",
    [
        ("migrate", "apply", "--url", "sqlite://app.db", "--dir"),
        ("migrate", "status", "--url", "sqlite://app.db", "--dir"),
        ("migrate", "hash", "--dir"),
        ("migrate", "new", "x", "--dir"),
        ("migrate", "ls", "--dir"),
        ("migrate", "lint", *DEV, "--dir", "file://m", "--base"),
        ("migrate", "import", "--to", "file://made", "--from"),
    ],
    ids=lambda words: " ".join(words[:2]) + words[-1],
)
@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("version=1", "?version=1 is of directories as desired states"),
        ("tag=v1", 'unknown key "tag" of file://m: expected ?format= or ?version='),
        ("layout=goose", 'unknown key "layout" of file://m'),
        ("format=rails", 'unknown dir format "rails"'),
    ],
)
def test_a_key_that_means_nothing_is_not_passed_over(
    world: World, words: tuple[str, ...], key: str, message: str
) -> None:
    before = world.files()
    answer = world(*words, f"file://m?{key}")
    assert (answer.code, answer.out) == (1, "")
    assert message in answer.err
    assert world.files() == before
    assert not (world.folder / "app.db").exists()


def test_a_state_ends_at_its_version_also_where_a_data_source_made_it(world: World) -> None:
    for words in (("--url", "file://m?version=1"), ("--env", "e", "--url", "env://src")):
        shown = world("schema", "inspect", *words, *DEV)
        assert shown.code == 0, shown
        assert 'table "one"' in shown.out
        assert "two" not in shown.out


def test_a_directory_of_a_data_source_is_not_cut_at_a_version(world: World) -> None:
    answer = world("migrate", "apply", "--env", "e")
    assert answer.code == 1
    assert "?version=1 is of directories as desired states" in answer.err
    assert not (world.folder / "app.db").exists()


def test_a_state_without_versions_has_none(world: World) -> None:
    (world.folder / "s.sql").write_text(ONE)
    answer = world("schema", "inspect", "--url", "file://s.sql?version=1", *DEV)
    assert answer.code == 1
    assert "?version=1 is of a migration directory, with atlas.sum in it" in answer.err


def test_a_folder_that_is_called_a_directory_needs_its_sum(world: World) -> None:
    (world.folder / "m" / "atlas.sum").unlink()
    assert world("schema", "inspect", "--url", "file://m", *DEV).code == 0
    answer = world("schema", "inspect", "--url", "file://m?format=atlas", *DEV)
    assert answer.code == 1
    assert "checksum file not found" in answer.err


def test_files_of_a_tool_that_a_data_source_made_are_imported(world: World) -> None:
    (world.folder / "m" / "1_one.sql").write_text(f"-- +goose Up\n{ONE}")
    (world.folder / "m" / "2_two.sql").write_text(f"-- +goose Up\n{TWO}")
    text = PROJECT.replace("?version=1", "?format=goose")
    (world.folder / "atlas.hcl").write_text(text)
    answer = world("migrate", "import", "--env", "e", "--to", "file://made")
    assert answer.code == 0, answer
    assert sorted(path.name for path in (world.folder / "made").iterdir()) == [
        "1_one.sql",
        "2_two.sql",
        "atlas.sum",
    ]
    assert (world.folder / "made" / "1_one.sql").read_text() == ONE
