"""The commands of ``docs/howto/testing.md`` do what the page says, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.howto import run_page

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_about_testing_runs_as_it_stands(tmp_path: Path) -> None:
    done = run_page("testing.md", tmp_path)
    assert (done.steps, done.answers) == (6, 4)
