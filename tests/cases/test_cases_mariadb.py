"""Every case of MariaDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.case import all_cases
from tests.cases.proof import report

if TYPE_CHECKING:
    from tests.cases.case import Case
    from tests.cases.servers import Ground


@pytest.mark.parametrize("case", all_cases("mariadb"), ids=lambda case: case.name)
def test_the_plan_is_proved_on_mariadb(case: Case, mariadb_ground: Ground) -> None:
    assert not report(case, mariadb_ground)
