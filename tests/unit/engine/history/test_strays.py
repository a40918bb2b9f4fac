"""What is told of a history that is not the directory's any more, and when nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from atlas.engine.directory import compute_sum
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.engine.history.strays import strays

from tests.fakes.directories import directory_with

FILES = {f"{number}_x.sql": f"CREATE TABLE t{number} (x int);\n" for number in range(1, 5)}
START = datetime(2026, 1, 1, tzinfo=UTC)


def run(files: dict[str, str], *, at: int = 0, only: str = "") -> list[Revision]:
    """The rows of a run of these files, a minute each, from minute ``at`` on."""
    rows = [
        Revision(
            version=entry.name.partition("_")[0], description="x", applied=1, total=1, hash=entry.hash,
            executed_at=START + timedelta(minutes=at + place), operator_version="test",
        )
        for place, entry in enumerate(compute_sum(directory_with(files)).entries)
    ]  # fmt: skip
    return [row for row in rows if not only or row.version == only]


def told(files: dict[str, str], rows: list[Revision]) -> tuple[str, ...]:
    return strays(directory_with(files), rows)


def without(*names: str) -> dict[str, str]:
    return {name: text for name, text in FILES.items() if name not in names}


def test_nothing_is_told_of_files_that_ran_or_are_to_run():
    assert told(FILES, run(FILES)) == told(FILES, run(without("3_x.sql", "4_x.sql"))) == told(FILES, []) == ()


def test_the_first_file_that_is_another_is_told_once():
    edited = FILES | {"2_x.sql": "CREATE TABLE t2 (x int, y int);\n"}
    [line] = told(edited, run(FILES))
    assert line.startswith("2_x.sql is not what was run as version 2: it was edited or renamed since")
    renamed = without("2_x.sql") | {"2_y.sql": FILES["2_x.sql"]}
    assert [line.partition(" ")[0] for line in told(renamed, run(FILES))] == ["2_y.sql"]


def test_versions_that_have_no_file_are_told_and_what_is_behind_them_cannot_be():
    [line] = told(without("2_x.sql"), run(FILES))
    assert line.startswith("the database has version 2, of which the directory has no file: removed, or")
    [line] = told(without("3_x.sql", "4_x.sql"), run(FILES))
    assert line.startswith("the database has versions 3, 4, of which")
    edited = without("3_x.sql") | {"1_x.sql": "SELECT 1;\n"}
    assert [line.partition(" ")[0] for line in told(edited, run(FILES))] == ["the", "1_x.sql"]


def test_a_file_that_came_in_between_later_makes_no_other_file_an_edited_one():
    early = run(without("2_x.sql"))
    assert told(FILES, early) == ()
    assert told(FILES, early + run(FILES, at=60, only="2")) == ()


def test_a_file_that_came_in_before_the_first_is_told_to_run_never_and_makes_no_other_an_edited_one():
    [line] = told(FILES, run(without("1_x.sql")))
    assert line.startswith(
        "1_x.sql stands before version 2, the first that was run, and is never run: move it behind"
    )


def test_files_before_a_baseline_stand_rightly():
    [row] = run({"2_x.sql": FILES["2_x.sql"]})
    assert told(without("3_x.sql", "4_x.sql"), [replace(row, type=RevisionType.BASELINE)]) == ()


def test_files_that_a_checkpoint_stands_for_may_be_gone():
    later = {"3_check.sql": "-- atlas:checkpoint\n\nCREATE TABLE a (x int);\n", "4_x.sql": FILES["4_x.sql"]}
    assert told(later, run(without("3_x.sql", "4_x.sql"))) == ()


def test_a_row_that_no_run_wrote_or_that_is_not_complete_has_no_hash_to_compare():
    [row] = run({"1_x.sql": "SELECT 1;\n"})
    for other in (
        replace(row, hash=""), replace(row, type=RevisionType.RESOLVED), replace(row, type=RevisionType.BASELINE),
        replace(row, total=2),
    ):  # fmt: skip
        assert told(FILES, [other]) == ()
    assert len(told(FILES, [row])) == 1
