"""The commands of the pages for those who come from another tool do what the pages say, in the order of the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.fixtures_formats.cases import cases_of
from tests.howto import PAGES, run_page

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_from_golang_migrate_runs_as_it_stands(tmp_path: Path) -> None:
    done = run_page("from-golang-migrate.md", tmp_path)
    assert (done.steps, done.answers) == (9, 8)
    assert "2_mail.sql" in done.last


def test_the_page_from_flyway_runs_as_it_stands(tmp_path: Path) -> None:
    done = run_page("from-flyway.md", tmp_path)
    assert (done.steps, done.answers) == (9, 8)


@pytest.mark.parametrize("tool", ["golang-migrate", "flyway"])
def test_the_history_of_a_page_is_the_table_that_the_tool_leaves(tool: str) -> None:
    """Recorded of the tool itself; blanks apart."""
    plain = next(case for case in cases_of(tool) if case.name == "plain")
    tables = [
        line
        for line in plain.recorded("sqlite")["dump"]
        if line.startswith("CREATE TABLE") and "users" not in line
    ]
    page = re.sub(r'\s|\\|"', "", (PAGES / f"from-{tool}.md").read_text())
    assert len(tables) == 1
    assert re.sub(r'\s|"', "", tables[0]).removesuffix(";") in page
