"""Every case of PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.case import all_cases
from tests.cases.proof import report

if TYPE_CHECKING:
    from tests.cases.case import Case
    from tests.cases.servers import Ground


@pytest.mark.parametrize("case", all_cases("postgres"), ids=lambda case: case.name)
def test_the_plan_is_proved_on_postgres(case: Case, postgres_ground: Ground) -> None:
    assert not report(case, postgres_ground)
