"""Broken desired states are refused in words: no traceback, nothing that hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.case import DRIVERS
from tests.cases.mutations import Tally, run

if TYPE_CHECKING:
    from tests.cases.servers import Ground

COUNT = 100


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_broken_desired_state_is_refused_in_words(driver: str, request: pytest.FixtureRequest) -> None:
    ground: Ground = request.getfixturevalue(f"{driver}_ground")
    tally = Tally()
    run(driver, ground, COUNT, 1, tally)
    assert not tally.faults, "\n".join(tally.faults)
    assert tally.ends.total() == COUNT
    assert tally.reached_engine >= 0.2, tally.ends  # of all drivers together it is more than 30 %
