"""Others change the target between a plan and its run, or run something of their own at the same time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from atlas.drivers import schema_driver
from atlas.engine.apply_plan import PlanApplyOptions, apply_plan
from atlas.engine.plan import DiffPolicy, PlannedStatement
from atlas.engine.ports import Database
from atlas.engine.scope import Scope
from atlas.errors import Drifted, LockNotAcquired
from atlas.wiring import SystemClock

from tests.integration.cli.conftest import Shell
from tests.integration.cli.schema_files import put
from tests.integration.schema_safety.stage import Stage

CURRENT = "CREATE TABLE t (a int); INSERT INTO t VALUES (1);"
DESIRED = "CREATE TABLE u (a int);"
_LIMITS = """
DO $$ BEGIN
    ASSERT current_setting('lock_timeout') = '7s', current_setting('lock_timeout');
    ASSERT current_setting('statement_timeout') = '90s', current_setting('statement_timeout');
END $$
"""


def by_another(stage: Stage, script: str) -> Callable[[Database], None]:
    return lambda _: stage.run(script)


@pytest.mark.parametrize(
    "change",
    ["ALTER TABLE t ADD COLUMN b int", "CREATE TABLE u (a int)", "CREATE INDEX i ON t (a)", "DROP TABLE t"],
)
def test_a_change_after_the_plan_was_made_stops_the_run(stage: Stage, change: str) -> None:
    stage.run(CURRENT)
    with pytest.raises(Drifted, match="nothing was run"):
        stage.apply(DESIRED, planned=by_another(stage, change))
    if not change.startswith("DROP"):
        assert [str(value) for value in stage.rows("SELECT a FROM t")[0]] == ["1"]
    assert stage.apply(DESIRED).error is None  # the lock is free again


def test_rows_are_no_drift(stage: Stage) -> None:
    """A counter that moves, and statistics, change nothing of the plan."""
    serial = "serial" if stage.url.startswith("postgres") else "integer"
    key = f"id {serial} PRIMARY KEY {'AUTO_INCREMENT' if stage.url.startswith('maria') else ''}"
    stage.run(f"CREATE TABLE t ({key}, a int);")
    report = stage.apply(
        f"CREATE TABLE t ({key}, a int, b int);",
        planned=by_another(stage, "INSERT INTO t (a) VALUES (1), (2), (3)"),
    )
    assert report.error is None
    assert str(stage.rows("SELECT count(*) FROM t")[0][0]) == "3"


def test_a_second_run_waits_for_the_first(atlas: Shell, stage: Stage) -> None:
    stage.run(CURRENT)
    atlas.write({"1_a.sql": "CREATE TABLE v (a int);\n"})
    to = put(atlas, "s.sql", DESIRED)
    answers = []

    def observe(_: PlannedStatement) -> None:
        if answers:
            return
        words = ("-u", stage.url, "--lock-timeout", "100ms")
        answers.append(atlas("schema", "apply", *words, "--dev-url", stage.dev, "--to", to, "--auto-approve"))
        answers.append(atlas("migrate", "apply", *words, "--allow-dirty"))

    assert stage.apply(DESIRED, observe=observe).error is None
    assert [answer.code for answer in answers] == [1, 1]
    assert all("lock is held by other session" in answer.err + answer.out for answer in answers)
    assert [str(value) for value in stage.rows("SELECT count(*) FROM u")[0]] == ["0"]


def test_a_run_does_not_begin_under_a_lock_of_others(stage: Stage) -> None:
    stage.run(CURRENT)
    with stage.opened() as other:
        assert other.try_lock("atlas_migrate_execute")
        with pytest.raises(LockNotAcquired):
            stage.apply(DESIRED)
    assert [str(value) for value in stage.rows("SELECT a FROM t")[0]] == ["1"]
    assert stage.apply(DESIRED).error is None


def test_limits_of_a_session_are_what_its_url_said_after_a_run(postgres_stage: Stage) -> None:
    """Also when a statement was refused outside of a transaction, and left an index that is not valid."""
    limited = Stage(f"{postgres_stage.url}&lock_timeout=7s&statement_timeout=90s", postgres_stage.dev)
    limited.run(f"{CURRENT} INSERT INTO t VALUES (1);")
    careful = DiffPolicy(concurrent_index_create=True, concurrent_index_drop=True, online=True)
    indexed = "CREATE TABLE t (a int); CREATE {} INDEX i ON t (a);"
    for words, works in (("UNIQUE", False), ("", True)):
        with limited.opened() as database:
            driver, scope = schema_driver("postgres"), Scope(bound="public")
            plan = limited.plan(indexed.format(words), careful)
            assert any(statement.lock_timeout_s for statement in plan.statements)
            report = apply_plan(plan, database, driver, scope, PlanApplyOptions(), clock=SystemClock())
            database.session.execute(_LIMITS)
        assert (report.error is None) is works
    assert limited.plan(indexed.format("")).statements == ()
