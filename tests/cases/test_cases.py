"""Every case of every driver, and that no two of a driver are about the same changes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import DRIVERS, all_cases
from tests.cases.proof import prove

if TYPE_CHECKING:
    from tests.cases.case import Case
    from tests.cases.servers import Ground

ALL = {driver: all_cases(driver) for driver in DRIVERS}


def named(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


@named(ALL["postgres"])
def test_the_plan_is_proved_on_postgres(case: Case, postgres_ground: Ground) -> None:
    assert not report(case, postgres_ground)


@named(ALL["mariadb"])
def test_the_plan_is_proved_on_mariadb(case: Case, mariadb_ground: Ground) -> None:
    assert not report(case, mariadb_ground)


@named(ALL["sqlite"])
def test_the_plan_is_proved_on_sqlite(case: Case, sqlite_ground: Ground) -> None:
    assert not report(case, sqlite_ground)


def report(case: Case, ground: Ground) -> str:
    return "\n".join(prove(case, ground))


@pytest.mark.parametrize("driver", DRIVERS)
def test_no_two_cases_are_about_the_same_changes(driver: str) -> None:
    sets = Counter(
        (case.changes, case.settings.get("policy") is not None, case.unsupported) for case in ALL[driver]
    )
    assert [changes for changes, count in sets.items() if count > 1] == []
