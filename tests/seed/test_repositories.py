"""The blocks that create, list and describe repositories, and the tables they print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.seed.conftest import block, words

if TYPE_CHECKING:
    from tests.seed.conftest import Reader

ONE = {"20240101000000_one.sql": "CREATE TABLE one (id integer);\n"}
TWO = {"20240102000000_two.sql": "CREATE TABLE two (id integer);\n"}


def test_the_create_block_prints_the_table_of_the_page(reader: Reader) -> None:
    printed = reader.runs(block("14-repo-create.sh"))
    assert words(printed) == words(block("15-repo-create.txt"))
    assert printed.splitlines()[0] == block("15-repo-create.txt").splitlines()[0]  # the one aligned line


def test_creating_it_again_fails_unless_told_to_skip(reader: Reader) -> None:
    again = block("14-repo-create.sh").strip()
    reader.runs(again)
    refused = reader.tries(again)
    assert refused.returncode == 1
    assert "already exists" in refused.stderr
    skipped = reader.tries(f"{again} --skip-if-exists")
    assert skipped.returncode == 0
    assert skipped.stderr


def test_the_describe_block_prints_the_table_of_the_page(reader: Reader) -> None:
    reader.runs("atlas cloud repo create --type migration_directory --name payments --driver mysql")
    (reader.folder / "atlas.hcl").write_text(
        'env "prod" {}\n'
    )  # a run is reported when it has an environment
    deploy = "atlas migrate apply --env prod --dir atlas://payments --url sqlite://"
    reader.has_directory(ONE)
    reader.runs("atlas migrate push payments")
    reader.runs(f"{deploy}6.db")
    reader.has_directory(TWO)
    reader.runs("atlas migrate push payments")
    for number in range(1, 6):
        reader.runs(f"{deploy}{number}.db")
    assert words(reader.runs(block("18-repo-describe.sh"))) == words(block("19-repo-describe.txt"))


def test_the_list_block_prints_a_table_like_the_one_of_the_page(reader: Reader) -> None:
    for name, kind in (("inventory", "schema"), ("billing", "migration_directory")):
        reader.runs(f"atlas cloud repo create --type {kind} --name {name} --driver postgres")
    printed, expected = words(reader.runs(block("16-repo-list.sh"))), words(block("17-repo-list.txt"))
    assert printed[:2] == expected[:2]
    assert ["billing", "MIGRATION_DIRECTORY", "0", "0", "0"] in printed
    assert ["inventory", "SCHEMA", "0", "0", "0"] in printed
    assert printed[-2] == expected[-2]
    assert [word for word in printed[-1] if word.isalpha() or word.endswith(":")] == [
        word for word in expected[-1] if word.isalpha() or word.endswith(":")
    ]
