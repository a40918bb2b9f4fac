"""Which files run next: first runs, baselines, checkpoints, partial files and the three orders."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from atlas.engine.apply import ApplyOptions, ExecOrder
from atlas.engine.history.pending import Pending, pending_files
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.errors import Dirty, HistoryError, NonLinear, SpecError

from tests.fakes.directories import directory_with

THREE = ("1_a.sql", "2_b.sql", "3_c.sql")
CHECKPOINT = "-- atlas:checkpoint\n\nCREATE TABLE a (x int);\n"


def row(version: str, applied: int = 1, total: int = 1, **changes: object) -> Revision:
    values: dict[str, object] = {"description": "", "executed_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return Revision(
        version=version, applied=applied, total=total, operator_version="test", **(values | changes)
    )  # type: ignore[arg-type]  # values of a test


def decide(
    files: tuple[str, ...],
    *rows: Revision,
    dirt: str | None = None,
    checkpoints: tuple[str, ...] = (),
    **options: object,
) -> Pending:
    texts = {name: CHECKPOINT if name in checkpoints else "SELECT 1;\n" for name in files}
    chosen = ApplyOptions(operator_version="test", **options)  # type: ignore[arg-type]  # options of a test
    return pending_files(directory_with(texts), rows, options=chosen, dirt=lambda: dirt)


def names(pending: Pending) -> list[str]:
    return [file.name for file in pending.files]


def test_a_first_run_takes_all_files():
    assert names(decide(THREE)) == list(THREE)


def test_files_run_in_the_order_of_their_names():
    assert names(decide(("10.sql", "2.sql", "2.5.sql", "1_x.sql", "1.sql"))) == [
        "1.sql", "10.sql", "1_x.sql", "2.5.sql", "2.sql",
    ]  # fmt: skip


def test_a_first_run_starts_at_the_last_checkpoint():
    files = (*THREE, "4_d.sql", "5_e.sql")
    assert names(decide(files, checkpoints=("2_b.sql", "4_d.sql"))) == ["4_d.sql", "5_e.sql"]


def test_a_checkpoint_after_the_version_asked_for_is_not_there():
    assert names(decide(THREE, checkpoints=("3_c.sql",), to_version="2")) == ["1_a.sql", "2_b.sql"]


def test_a_target_with_revisions_skips_checkpoints():
    assert names(decide(THREE, row("1"), checkpoints=("2_b.sql",))) == ["3_c.sql"]


def test_a_partial_checkpoint_is_resumed_and_later_files_follow():
    files = (*THREE, "4_d.sql")
    pending = decide(files, row("2", 1, 3), checkpoints=("2_b.sql", "3_c.sql"))
    assert names(pending) == ["2_b.sql", "4_d.sql"]
    assert [begun.version for begun in pending.resume] == ["2"]


def test_a_dirty_database_is_refused_on_a_first_run():
    with pytest.raises(Dirty) as refused:
        decide(THREE, dirt='found table "t"')
    assert str(refused.value) == (
        'sql/migrate: connected database is not clean: found table "t". baseline version or allow-dirty is required'
    )


def test_allow_dirty_takes_all_files_of_a_dirty_database():
    assert names(decide(THREE, dirt="found schema", allow_dirty=True)) == list(THREE)


def test_a_baseline_counts_as_applied_up_to_its_version():
    pending = decide(THREE, dirt="found schema", baseline="2")
    assert (names(pending), pending.baseline.version) == (["3_c.sql"], "2")


def test_a_baseline_is_looked_up_among_files_that_are_no_checkpoints():
    with pytest.raises(SpecError, match=r'^baseline version "2" not found$'):
        decide(THREE, checkpoints=("2_b.sql",), baseline="2")


def test_a_baseline_means_nothing_once_there_are_revisions():
    assert names(decide(THREE, row("1"), baseline="9")) == ["2_b.sql", "3_c.sql"]


def test_baseline_and_allow_dirty_exclude_each_other():
    with pytest.raises(SpecError, match=r"^sql/migrate: baseline and allow-dirty are mutually exclusive$"):
        decide(THREE, baseline="1", allow_dirty=True)


def test_files_after_the_last_revision_are_pending():
    assert names(decide(THREE, row("1"), row("2"))) == ["3_c.sql"]


def test_nothing_is_pending_at_the_latest_version():
    assert names(decide(THREE, row("1"), row("2"), row("3"))) == []


def test_revisions_are_compared_as_text_whatever_their_order():
    assert names(decide(("1.sql", "2.sql", "3.sql"), row("2"), row("1"))) == ["3.sql"]


def test_every_file_is_pending_when_all_are_later_than_the_revisions():
    assert names(decide(("5.sql", "6.sql"), row("4"))) == ["5.sql", "6.sql"]


def test_a_partial_file_is_resumed():
    pending = decide(THREE, row("1"), row("2", 1, 2))
    assert names(pending) == ["2_b.sql", "3_c.sql"]
    assert pending.resume == (row("2", 1, 2),)


def test_a_partial_revision_without_its_file_is_an_error():
    with pytest.raises(HistoryError) as missing:
        decide(("1_a.sql", "3_c.sql"), row("1"), row("2", 1, 2, description="b"))
    assert str(missing.value) == (
        'sql/migrate: missing migration: revision "2_b.sql" is partially applied but migration file was not found'
    )


def test_one_file_out_of_order_is_named():
    with pytest.raises(NonLinear) as refused:
        decide(THREE, row("1"), row("3"))
    assert str(refused.value) == (
        "migration file 2_b.sql was added out of order. See: https://atlasgo.io/versioned/apply#non-linear-error"
    )


def test_several_files_out_of_order_are_named():
    with pytest.raises(
        NonLinear, match=r"^migration files 2\.5\.sql, 2\.6\.sql were added out of order\. See: "
    ):
        decide(("1.sql", "2.5.sql", "2.6.sql", "3.sql"), row("1"), row("3"))


def test_linear_skip_leaves_them_out():
    assert names(decide((*THREE, "4.sql"), row("1"), row("3"), exec_order=ExecOrder.LINEAR_SKIP)) == ["4.sql"]


def test_non_linear_runs_them_first():
    pending = decide((*THREE, "4.sql"), row("1"), row("3"), exec_order=ExecOrder.NON_LINEAR)
    assert names(pending) == ["2_b.sql", "4.sql"]


def test_files_before_the_first_revision_are_not_missed():
    assert names(decide(THREE, row("2"))) == ["3_c.sql"]


def test_a_file_that_failed_out_of_order_is_not_forgotten():
    rows = (row("1"), row("2", 1, 2), row("3"))
    pending = decide(THREE, *rows, exec_order=ExecOrder.NON_LINEAR)
    assert (names(pending), pending.resume) == (["2_b.sql"], (rows[1],))


def test_a_partial_file_before_a_version_that_was_set_is_settled():
    assert names(decide(THREE, row("1", 1, 2), row("2", 0, 0, type=RevisionType.RESOLVED))) == ["3_c.sql"]


def test_an_amount_takes_that_many():
    assert names(decide(THREE, amount=2)) == ["1_a.sql", "2_b.sql"]


def test_a_version_asked_for_is_the_last_one():
    assert names(decide(THREE, row("1"), to_version="2")) == ["2_b.sql"]


def test_a_version_that_was_applied_before_leaves_nothing_to_do():
    assert names(decide(THREE, row("1"), row("2"), to_version="1")) == []


def test_an_unknown_version_is_answered_with_a_near_one():
    with pytest.raises(
        SpecError, match=r'^sql/migrate: migration with version "22" not found\. Did you mean "2"\?$'
    ):
        decide(THREE, to_version="22")
