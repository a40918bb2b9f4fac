"""A target with rows, a desired state, and what a run of one leads to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from atlas.drivers import open_driver, schema_driver
from atlas.engine.apply import TxMode
from atlas.engine.apply_plan import PlanApplyOptions, PlanReport, apply_plan
from atlas.engine.database_url import parse_database_url
from atlas.engine.desired_state import Normalized, SqlScript, SqlState, normalize
from atlas.engine.plan import DiffPolicy, Plan, PlannedStatement, PlanOptions, make_plan
from atlas.engine.ports import Database
from atlas.engine.restrict import inspect_realm
from atlas.engine.scan import scan
from atlas.engine.scope import Scope
from atlas.wiring import SystemClock

IN_MEMORY = "sqlite://dev?mode=memory"


@dataclass(frozen=True, slots=True)
class Stage:
    """A database that a test owns, and a dev database; ``exclude`` are patterns."""

    url: str
    dev: str = IN_MEMORY
    exclude: tuple[str, ...] = ()

    @contextmanager
    def opened(self) -> Iterator[Database]:
        database = open_driver(parse_database_url(self.url))
        try:
            yield database
        finally:
            database.session.close()

    def run(self, script: str) -> None:
        """Run a script as a person would, statement by statement."""
        with self.opened() as database:
            for statement in scan(script, database.dialect.scan_options):
                database.session.execute(statement.text)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.opened() as database:
            return [tuple(row) for row in database.session.query(query) or []]  # type: ignore[attr-defined]

    def desired(self, database: Database, text: str, scope: Scope) -> Normalized:
        driver = schema_driver(database.dialect.name)
        given = open_driver(parse_database_url(self.dev))
        try:
            return normalize(
                SqlState((SqlScript("desired.sql", text),)),
                driver=driver,
                dev=driver.dev(given),
                scope=scope,
                dialect=database.dialect.name,
            )
        finally:
            given.session.close()

    def plan(self, text: str, policy: DiffPolicy | None = None) -> Plan:
        with self.opened() as database:
            return self._plan(database, text, policy)

    def apply(
        self,
        text: str,
        *,
        tx_mode: TxMode = TxMode.FILE,
        policy: DiffPolicy | None = None,
        observe: Callable[[PlannedStatement], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        planned: Callable[[Database], None] | None = None,
    ) -> PlanReport:
        """Plan and run; the lock has to come free within 10 s. ``planned`` is called between the two."""
        with self.opened() as database:
            plan = self._plan(database, text, policy)
            if planned:
                planned(database)
            return apply_plan(
                plan,
                database,
                schema_driver(database.dialect.name),
                self._scope(database),
                PlanApplyOptions(tx_mode=tx_mode),
                clock=SystemClock(),
                observe=observe,
                should_stop=should_stop,
            )

    def _plan(self, database: Database, text: str, policy: DiffPolicy | None) -> Plan:
        driver, scope = schema_driver(database.dialect.name), self._scope(database)
        current = inspect_realm(driver, database, scope)
        desired = self.desired(database, text, scope.like(current))
        options = PlanOptions(bound=scope.bound, renames=desired.renames, policy=policy or DiffPolicy())
        return make_plan(driver, current, desired.realm, options)

    def _scope(self, database: Database) -> Scope:
        return Scope(bound=database.url.schema, exclude=self.exclude)


def rows_of_file(path: str, query: str) -> list[tuple[object, ...]]:
    """What another program sees of a SQLite file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()
