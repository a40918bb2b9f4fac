"""The blocks that push a migration directory and apply it by version and by tag, as they stand on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.seed.conftest import FILES, LATER, PUBLIC_URL, TAG, block, columns_of_users

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg

    from tests.seed.conftest import Reader


def test_the_push_block_stores_the_directory_of_the_project_file(reader: Reader) -> None:
    (reader.folder / "atlas.hcl").write_text(block("06-migration-repo.hcl"))
    reader.has_directory(FILES)
    reader.runs(block("04-migrate-push.sh"))
    assert "myapp" in reader.runs("atlas cloud repo list --format '{{ json . }}'")
    pulled = reader.at(reader.folder / "elsewhere").runs("atlas migrate ls --dir atlas://myapp")
    assert pulled.split() == list(FILES)


def test_the_push_block_prints_the_line_of_the_page_with_its_own_number(reader: Reader) -> None:
    (reader.folder / "atlas.hcl").write_text(block("06-migration-repo.hcl"))
    reader.has_directory(FILES)
    printed, expected = reader.runs(block("04-migrate-push.sh")), block("05-migrate-push.txt")
    assert printed.startswith(f"{PUBLIC_URL}/dirs/")
    assert re.sub(r"\d+", "N", printed) == re.sub(r"\d+", "N", expected)


def test_pushing_by_the_name_of_the_project_file_is_the_same_repository(reader: Reader) -> None:
    (reader.folder / "atlas.hcl").write_text(block("06-migration-repo.hcl"))
    reader.has_directory(FILES)
    assert reader.runs(block("04-migrate-push.sh")) == reader.runs("atlas migrate push --env local")


def test_the_block_by_version_applies_up_to_that_version(
    reader: Reader, example: psycopg.Connection, example_port: int
) -> None:
    reader.has_directory(FILES)
    reader.runs("atlas migrate push myapp --dev-url 'sqlite://dev?mode=memory'")
    reader.has_directory(LATER)
    reader.runs("atlas migrate push myapp --dev-url 'sqlite://dev?mode=memory'")
    reader.runs(block("10-apply-by-version.sh").replace("@:5432/", f"@:{example_port}/"))
    assert columns_of_users(example) == {"id", "email"}


def test_the_block_by_tag_applies_what_was_tagged(
    reader: Reader, example: psycopg.Connection, example_port: int
) -> None:
    reader.has_directory(FILES)
    reader.runs(f"atlas migrate push app:{TAG} --dev-url 'postgres://localhost/dev'")
    reader.has_directory(LATER)
    reader.runs("atlas migrate push app --dev-url 'postgres://localhost/dev'")
    reader.runs(block("11-apply-by-tag.sh").replace("@:5432/", f"@:{example_port}/"))
    assert columns_of_users(example) == {"id", "email"}


def test_a_tag_that_nobody_pushed_changes_no_database(
    reader: Reader, example: psycopg.Connection, example_port: int, tmp_path: Path
) -> None:
    script = block("11-apply-by-tag.sh").replace("@:5432/", f"@:{example_port}/")
    answer = reader.tries(script.replace(TAG, "unknown"))
    assert answer.returncode == 1
    assert "pass@" not in answer.stdout + answer.stderr
    assert columns_of_users(example) == set()
