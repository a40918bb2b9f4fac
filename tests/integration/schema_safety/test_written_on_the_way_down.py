"""Rows that others write when ``migrate down`` has looked already are seen before the table or column goes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from atlas.drivers import open_driver, row_probe, schema_driver
from atlas.engine.database_url import parse_database_url
from atlas.engine.migrate_plan import DownOptions, DownPorts, DownReport, plan_down, run_down
from atlas.engine.scope import Scope
from atlas.errors import PolicyRefused, StatementFailed
from atlas.schema import Key, Kind
from atlas.sources.local import read_directory
from atlas.wiring import SystemClock

from tests.integration.cli.conftest import Shell
from tests.integration.schema_safety.stage import Stage
from tests.servers.postgres import PostgresServer
from tests.waiting import wait_until

FILES = {
    "1_a.sql": "CREATE TABLE a (x int);\n",
    "2_b.sql": "CREATE TABLE b (x int);\nALTER TABLE a ADD COLUMN y int;\n",
    "3_names.sql": "ALTER TABLE b RENAME TO c;\n",
}
OPTIONS = DownOptions(amount=2, operator_version="test")


def down(folder: Path, stage: Stage, before_file: Callable[[str], None]) -> DownReport:
    """Two files down; ``before_file`` is told of each statement's file, before the statement."""
    target, dev = (open_driver(parse_database_url(url)) for url in (stage.url, stage.dev))
    try:
        driver = schema_driver(target.dialect.name)
        ports = DownPorts(
            driver=driver,
            dev=driver.dev(dev),
            scope=Scope(bound=target.url.schema),
            probe=row_probe(target),
            clock=SystemClock(),
        )
        plan = plan_down(read_directory(folder), target, OPTIONS, ports)
        return run_down(plan, target, OPTIONS, ports, observe=lambda step, _: before_file(step.file.version))
    finally:
        target.session.close()
        dev.session.close()


@pytest.mark.parametrize(
    ("written", "held", "query"),
    [
        ("INSERT INTO b VALUES (7)", 'table "b" is not empty', "SELECT x FROM b"),
        ("INSERT INTO a (y) VALUES (7)", 'column "y" of table "a" holds values', "SELECT y FROM a"),
    ],
)
def test_rows_that_are_written_on_the_way_are_seen(
    atlas: Shell, stage: Stage, written: str, held: str, query: str
) -> None:
    folder = atlas.folder / "migrations"
    atlas.ok("migrate", "apply", "--dir", atlas.write(FILES), "--url", stage.url)
    did: list[str] = []

    def write(version: str) -> None:
        if version == "2" and not did:
            did.append(version)
            stage.run(f"{written};")

    report = down(folder, stage, write)
    assert isinstance(report.error, PolicyRefused)
    assert held in str(report.error)
    assert report.reached == "2"
    assert [str(value) for (value,) in stage.rows(query)] == ["7"]


def test_a_row_that_is_not_committed_yet_is_waited_for(
    atlas: Shell, postgres_stage: Stage, postgres: PostgresServer
) -> None:
    folder = atlas.folder / "migrations"
    atlas.ok("migrate", "apply", "--dir", atlas.write(FILES), "--url", postgres_stage.url)
    waiting = (
        "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND database = "
        f"(SELECT oid FROM pg_database WHERE datname = '{postgres_stage.url.rpartition('/')[2].partition('?')[0]}')"
    )
    with postgres_stage.opened() as other:
        other.session.begin()
        other.session.execute("INSERT INTO a VALUES (1)")
        other.session.execute("UPDATE a SET y = 7")
        reports: list[DownReport] = []
        running = threading.Thread(
            target=lambda: reports.append(down(folder, postgres_stage, lambda _: None)), daemon=True
        )
        running.start()
        try:
            wait_until(lambda: postgres.query("postgres", waiting), lambda: reports)
            assert running.is_alive()
        finally:
            other.session.commit()
            running.join(60)
    assert 'column "y" of table "a" holds values' in str(reports[0].error)
    assert postgres_stage.rows("SELECT y FROM a") == [("7",)]


def test_nobody_writes_between_the_look_and_the_end(postgres_stage: Stage) -> None:
    postgres_stage.run("CREATE TABLE a (x int);")
    with postgres_stage.opened() as target, postgres_stage.opened() as other:
        target.session.begin()
        row_probe(target).hold(Key(Kind.TABLE, "public", "", "a"))
        other.session.execute("SET lock_timeout = '100ms'")
        with pytest.raises(StatementFailed, match="55P03"):
            other.session.execute("INSERT INTO a VALUES (1)")
        target.session.rollback()
        other.session.execute("INSERT INTO a VALUES (1)")
