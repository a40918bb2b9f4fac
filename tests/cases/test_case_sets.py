"""That no two cases of a driver are about the same changes; and the cases of MariaDB on MySQL, where there is one."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import DRIVERS, all_cases
from tests.cases.proof import report
from tests.cases.servers import MYSQL_URL

if TYPE_CHECKING:
    from tests.cases.case import Case
    from tests.cases.servers import Ground

ALL = {driver: all_cases(driver) for driver in DRIVERS}


if os.environ.get(MYSQL_URL):

    @pytest.mark.parametrize(
        "case", [case for case in ALL["mariadb"] if case.bound], ids=lambda case: case.name
    )
    def test_the_plan_is_proved_on_mysql(case: Case, mysql_ground: Ground) -> None:
        """The texts are MariaDB's, so they are not compared; SQL that only MariaDB has ends as an expected failure."""
        for script in (case.current, case.desired):
            with mysql_ground.database() as url:
                try:
                    mysql_ground.script(url, script)
                except AssertionError as error:
                    pytest.xfail(f"not a case of MySQL: {error}")
        assert not report(replace(case, driver="mysql", plan=None), mysql_ground)


@pytest.mark.parametrize(("driver", "least"), [("postgres", 250), ("mariadb", 120), ("sqlite", 60)])
def test_enough_cases_have_a_set_of_changes_of_their_own(driver: str, least: int) -> None:
    sets = Counter((case.changes, case.policy, case.unsupported) for case in ALL[driver])
    assert len(sets) >= least


@pytest.mark.parametrize("driver", DRIVERS)
def test_no_case_says_again_what_another_one_says(driver: str) -> None:
    said = Counter((case.changes, case.plan) for case in ALL[driver] if not case.unsupported)
    assert [plan for plan, count in said.items() if count > 1] == []
