"""``atlas migrate rebase``, ``rm`` and ``edit``: what they do to a directory, and what they refuse."""

from __future__ import annotations

import pytest

from tests.integration.cli.conftest import Shell

FILES = {
    "1_users.sql": "CREATE TABLE users (id int);\n",
    "2_pets.sql": "CREATE TABLE pets (id int);\n",
    "3_toys.sql": "CREATE TABLE toys (id int);\n",
}
URL = ("--url", "sqlite://app.db")


@pytest.fixture
def shop(atlas: Shell) -> Shell:
    atlas.write(FILES)
    return atlas


def content(atlas: Shell) -> dict[str, str]:
    atlas.ok("migrate", "validate")
    return {file.name: file.read_text() for file in sorted((atlas.folder / "migrations").glob("*.sql"))}


def test_a_rebase_moves_files_behind_those_that_came_from_elsewhere(shop: Shell) -> None:
    assert shop.ok("migrate", "rebase", "2", "1_users.sql") == ""
    assert content(shop) == {
        "3_toys.sql": FILES["3_toys.sql"],
        "4_users.sql": FILES["1_users.sql"],
        "5_pets.sql": FILES["2_pets.sql"],
    }


def test_what_was_out_of_order_runs_after_a_rebase(atlas: Shell) -> None:
    atlas.write({"1_users.sql": FILES["1_users.sql"], "3_toys.sql": FILES["3_toys.sql"]})
    atlas.ok("migrate", "apply", *URL)
    atlas.write(FILES)
    answer = atlas("migrate", "apply", *URL)
    assert "2_pets.sql was added out of order" in answer.err
    atlas.ok("migrate", "rebase", "2_pets.sql", *URL)
    assert "-- migrating version 4\n" in atlas.ok("migrate", "apply", *URL)


def test_rm_takes_files_out(shop: Shell) -> None:
    assert shop.ok("migrate", "rm", "2_pets.sql", "3") == ""
    assert content(shop) == {"1_users.sql": FILES["1_users.sql"]}


def test_edit_changes_a_file_and_its_sum(shop: Shell) -> None:
    assert shop.ok("migrate", "edit", "2", EDITOR="sed -i 's/id int/id int, name text/'") == ""
    assert content(shop) == FILES | {"2_pets.sql": "CREATE TABLE pets (id int, name text);\n"}


@pytest.mark.parametrize("editor", ["false", "no-such-editor-here"])
def test_an_editor_that_fails_changes_nothing(shop: Shell, editor: str) -> None:
    answer = shop("migrate", "edit", "2", EDITOR=editor)
    assert (answer.code, answer.out) == (1, "")
    assert f"editor '{editor}' failed on 2_pets.sql" in answer.err
    assert content(shop) == FILES


def test_no_shell_reads_the_name_of_an_editor_or_of_a_file(atlas: Shell) -> None:
    name = "1_a; touch gone.sql"
    atlas.write({name: "a;\n"})
    atlas.ok("migrate", "edit", name, EDITOR="sed -i s/a/b/ --")
    assert content(atlas) == {name: "b;\n"}
    answer = atlas("migrate", "edit", name, EDITOR="true; touch gone")
    assert "editor 'true; touch gone' failed" in answer.err
    assert not list(atlas.folder.rglob("gone"))


@pytest.mark.parametrize("words", [("rebase", "1"), ("rm", "1"), ("edit", "1")], ids=lambda words: words[0])
def test_a_file_that_the_database_has_applied_is_refused(shop: Shell, words: tuple[str, str]) -> None:
    shop.ok("migrate", "apply", "1", *URL)
    answer = shop("migrate", *words, *URL, EDITOR="sed -i s/users/people/")
    assert answer.code == 1
    assert '"1_users.sql" was applied to sqlite://app.db: ' in answer.err
    assert content(shop) == FILES
    assert shop.ok("migrate", words[0], "2", *URL, EDITOR="true") == ""


@pytest.mark.parametrize("words", [("rebase", "1"), ("rm", "1"), ("edit", "1")], ids=lambda words: words[0])
def test_a_directory_that_does_not_match_its_sum_is_refused(shop: Shell, words: tuple[str, str]) -> None:
    (shop.folder / "migrations" / "2_pets.sql").write_text("DROP TABLE users;\n")
    answer = shop("migrate", *words, EDITOR="sed -i s/users/people/")
    assert answer.code == 1
    assert "L3: 2_pets.sql was edited" in answer.out
    assert (shop.folder / "migrations" / "1_users.sql").read_text() == FILES["1_users.sql"]


@pytest.mark.parametrize("command", ["rebase", "rm", "edit"])
@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((), 1, "missing the file: expected 'atlas migrate {} NAME' or its version"),
        (("9",), 1, 'no file of the directory has the name or the version "9"'),
        (("1", "--dir", "file://nowhere"), 1, "nowhere: no such file or directory"),
        (("1", "--dir", "atlas://shop"), 1, "atlas:// directories are read-only here"),
        (("1", "--dir", "file://migrations?format=goose"), 3, "not supported for files of goose"),
    ],
    ids=["nothing", "unknown", "no folder", "registry", "another tool"],
)
def test_what_cannot_be_changed_is_told(
    shop: Shell, command: str, words: tuple[str, ...], code: int, message: str
) -> None:
    answer = shop("migrate", command, *words)
    assert (answer.code, answer.out) == (code, "")
    assert message.format(command) in answer.err
    assert content(shop) == FILES


def test_one_file_is_edited_at_a_time(shop: Shell) -> None:
    assert "one file at a time" in shop("migrate", "edit", "1", "2").err


def test_a_file_is_shown_as_it_is(shop: Shell) -> None:
    assert shop.ok("migrate", "show", "2", "1_users.sql") == FILES["1_users.sql"] + FILES["2_pets.sql"]
    assert "missing the file: expected 'atlas migrate show NAME'" in shop("migrate", "show").err
