"""Random pairs of schemas are proved as cases are, but for the text of their plans: 50 a driver, more by ``make soak``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import DRIVERS
from tests.cases.proof import prove
from tests.cases.random_schemas import random_case

if TYPE_CHECKING:
    from tests.cases.servers import Ground

PAIRS = int(os.environ.get("ATLAS_TEST_RANDOM_PAIRS", "50"))
FIRST = int(os.environ.get("ATLAS_TEST_RANDOM_SEED", "1"))


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_seed_always_gives_the_same_pair(driver: str) -> None:
    first, second = random_case(driver, 7), random_case(driver, 7)
    assert (first.current, first.desired) == (second.current, second.desired)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + PAIRS))
@pytest.mark.parametrize("driver", DRIVERS)
def test_a_random_pair_is_proved(driver: str, seed: int, request: pytest.FixtureRequest) -> None:
    ground: Ground = request.getfixturevalue(f"{driver}_ground")
    case = random_case(driver, seed)
    complaints = prove(case, ground)
    assert not complaints, (
        f"{driver} {seed}\n-- current\n{case.current}\n-- desired\n{case.desired}\n" + "\n".join(complaints)
    )
