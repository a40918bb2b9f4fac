"""The commands of ``docs/howto/plans.md`` do what the page says, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.howto import run_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.registry.conftest import Served


def test_the_page_about_plans_runs_as_it_stands(tmp_path: Path, served: Served) -> None:
    environ = {"ATLAS_CLOUD_URL": f"{served.url}/query", "ATLAS_TOKEN": served.token}
    done = run_page("plans.md", tmp_path, environ)
    assert (done.steps, done.answers) == (5, 5)
