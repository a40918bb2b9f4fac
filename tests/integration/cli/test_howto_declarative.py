"""The commands of ``docs/howto/declarative.md`` do what the page says, in the order of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.howto import run_page

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_from_a_database_to_a_desired_state_runs_as_it_stands(tmp_path: Path) -> None:
    done = run_page("declarative.md", tmp_path)
    assert (done.steps, done.answers) == (9, 5)
    assert re.search(r"^app +True +Applied", done.last, re.MULTILINE)
