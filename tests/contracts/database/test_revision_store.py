"""What every store of revisions promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.errors import StatementFailed

from tests.contracts.database.conftest import Target

FULL = Revision(
    version="20260102030405",
    description="add users",
    type=RevisionType.EXECUTE | RevisionType.RESOLVED,
    applied=2,
    total=3,
    executed_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    execution_time_ns=1_234_567_890_123,
    error='it\'s "broken": 100% \\ ünïcode 🙂\nline two',
    error_stmt="INSERT INTO t VALUES ('a\\'b', $$x$$, ?, %s, :name);\n-- end",
    hash="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    partial_hashes=("h1:a+/=", "h1:b"),
    operator_version="Atlas CLI v1.3.0",
)
PLAIN = Revision(version="1", description="", executed_at=FULL.executed_at, operator_version="test")


def test_without_a_table_there_are_no_revisions(target: Target):
    assert target.connect().revisions(None).read() == ()


def test_reading_makes_no_table(target: Target):
    store = target.connect().revisions(None)
    store.read()
    with pytest.raises(StatementFailed):
        store.write(PLAIN)


def test_a_row_comes_back_as_it_was(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.write(FULL)
    assert target.connect().revisions(None).read() == (FULL,)


def test_a_plain_row_comes_back_as_it_was(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.write(PLAIN)
    assert store.read() == (PLAIN,)


def test_ensuring_twice_keeps_the_rows(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.write(PLAIN)
    store.ensure()
    assert store.read() == (PLAIN,)


def test_writing_a_version_again_replaces_its_row(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.write(FULL)
    changed = replace(FULL, applied=3, error="", error_stmt="", partial_hashes=None)
    store.write(changed)
    assert store.read() == (changed,)


def test_rows_are_ordered_by_version_as_text(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    versions = ["2", "10", "B", "a", "2.5", "Z", "_"]
    for version in versions:
        store.write(replace(PLAIN, version=version))
    assert [row.version for row in store.read()] == sorted(versions)


def test_versions_that_differ_in_case_are_two_rows(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.write(replace(PLAIN, version="a"))
    store.write(replace(PLAIN, version="A"))
    assert len(store.read()) == 2


def test_deleted_versions_are_gone(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    for version in "123":
        store.write(replace(PLAIN, version=version))
    store.delete(["1", "3", "missing"])
    assert [row.version for row in store.read()] == ["2"]


def test_deleting_nothing_deletes_nothing(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.write(PLAIN)
    store.delete([])
    assert store.read() == (PLAIN,)


def test_a_row_outside_a_transaction_is_seen_at_once(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.write(FULL)
    assert target.connect().revisions(None).read() == (FULL,)


def test_a_row_in_a_transaction_is_seen_after_the_commit(target: Target):
    database = target.connect()
    store = database.revisions(None)
    store.ensure()
    database.session.begin()
    store.write(PLAIN)
    store.write(replace(PLAIN, applied=1, total=1))
    database.session.commit()
    assert target.connect().revisions(None).read() == (replace(PLAIN, applied=1, total=1),)


def test_a_row_in_a_transaction_is_undone_with_it(target: Target):
    database = target.connect()
    store = database.revisions(None)
    store.ensure()
    database.session.begin()
    store.write(PLAIN)
    database.session.rollback()
    assert target.connect().revisions(None).read() == ()


def test_a_row_commits_with_the_statements_beside_it(target: Target):
    database = target.connect()
    store = database.revisions(None)
    store.ensure()
    database.session.execute("CREATE TABLE t (x int)")
    database.session.begin()
    database.session.execute("INSERT INTO t VALUES (1)")
    store.write(PLAIN)
    with pytest.raises(StatementFailed):
        database.session.execute("NONSENSE")
    database.session.rollback()
    assert target.connect().revisions(None).read() == ()


def test_deletions_are_part_of_the_transaction(target: Target):
    database = target.connect()
    store = database.revisions(None)
    store.ensure()
    store.write(PLAIN)
    database.session.begin()
    store.write(FULL)
    store.delete([PLAIN.version])
    database.session.rollback()
    assert store.read() == (PLAIN,)


def test_the_target_has_one_identifier(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    identifier = store.target_id()
    assert str(UUID(identifier)) == identifier
    assert target.connect().revisions(None).target_id() == identifier


def test_the_identifier_is_no_revision(target: Target):
    store = target.connect().revisions(None)
    store.ensure()
    store.target_id()
    store.write(PLAIN)
    assert store.read() == (PLAIN,)
