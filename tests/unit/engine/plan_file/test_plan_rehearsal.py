"""A plan tried out in a room: where it leads, and what is never tried out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.engine.plan import Plan, make_plan
from atlas.engine.plan_file import PlanFile, plan_by_text, rehearse
from atlas.engine.scan import options_for
from atlas.engine.scope import Scope
from atlas.errors import NotVerified, PolicyRefused
from atlas.schema import Realm

from tests.fakes.schema_driver import FakeDev, FakeSchemaDriver, realm_of

DRIVER = FakeSchemaDriver()


def plan_with(text: str, *, dialect: str = "postgres") -> Plan:
    """From one to one and two, by a text."""
    current, desired = (of(dialect, *names) for names in (("one",), ("one", "two")))
    file = PlanFile(name="p", current_hash="a", desired_hash="b", migration=text)
    return plan_by_text(make_plan(DRIVER, current, desired), file, options_for(dialect))


def of(dialect: str, *names: str) -> Realm:
    return replace(realm_of(*names), dialect=dialect)


def run(text: str, *, dialect: str = "postgres") -> FakeDev:
    dev = FakeDev()
    rehearse(plan_with(text, dialect=dialect), name="p", driver=DRIVER, dev=dev, scope=Scope(bound="public"))
    return dev


def test_a_plan_runs_on_the_state_that_it_leads_from() -> None:
    [room] = run("CREATE TABLE two;\nINSERT INTO two (1);\n").rooms
    assert room.database.session.state.tables.keys() == {"one", "two"}  # type: ignore[attr-defined]  # it is the fake one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CREATE TABLE three;\n", "these differ: table public.three (drop), table public.two (add)"),
        ("DROP TABLE one;\nCREATE TABLE two;\n", "these differ: table public.one (add)"),
        ("SELECT 1;\n", "statement 1 (run statement 1 of the plan) is refused by the dev database"),
        ("CREATE TABLE two;\n-- Again\nCREATE TABLE two;\n", "statement 2 (again) is refused"),
    ],
)
def test_a_plan_that_leads_elsewhere_is_told_with_what_differs(text: str, said: str) -> None:
    with pytest.raises(NotVerified) as refused:
        run(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("dialect", "statement"),
    [
        ("mysql", "DELETE FROM public.one"),
        ("mysql", "DELETE FROM `Public` . `one`"),
        ("mariadb", "-- why\nUSE other"),
        ("mariadb", "DROP SCHEMA other"),
        ("mariadb", "SET GLOBAL read_only = 1"),
        ("mysql", "CREATE USER x"),
        ("mysql", "SET @@global.read_only = 1"),
        ("mariadb", "CREATE OR REPLACE DATABASE other"),
        ("mysql", "SET PASSWORD FOR x = 'y'"),
        ("postgres", "/* x */ drop  database x"),
        ("postgres", "ALTER ROLE x LOGIN"),
        ("postgres", "CREATE TABLESPACE x LOCATION '/x'"),
    ],
)
def test_what_leaves_the_room_is_never_sent(dialect: str, statement: str) -> None:
    dev = FakeDev()
    plan = plan_with(f"CREATE TABLE two;\n{statement};\n", dialect=dialect)
    with pytest.raises(PolicyRefused, match=r"write names bare|about the whole server"):
        rehearse(plan, name="p", driver=DRIVER, dev=dev, scope=Scope(bound="public"))
    assert dev.rooms == []


@pytest.mark.parametrize(
    ("dialect", "statement"),
    [
        ("mysql", "INSERT INTO one ('mail@public.example')"),
        ("mysql", "INSERT INTO republic.one ('x')"),
        ("postgres", "DROP TABLE public.one"),
        ("postgres", "CREATE USER MAPPING FOR x SERVER y"),
    ],
)
def test_what_only_looks_like_it_is_tried_out(dialect: str, statement: str) -> None:
    with pytest.raises(NotVerified):
        run(f"{statement};\n", dialect=dialect)
