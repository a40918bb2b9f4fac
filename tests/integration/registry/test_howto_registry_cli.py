"""The commands of ``docs/howto/registry-cli.md`` do what the page says, in the order of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.howto import run_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.integration.registry.conftest import Served

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_the_page_about_the_registry_runs_as_it_stands(tmp_path: Path, served: Served) -> None:
    environ = {"ATLAS_CLOUD_URL": served.url, "ATLAS_TOKEN": served.token}
    done = run_page("registry-cli.md", tmp_path, environ, blurred=lambda text: TIME.sub("TIME", text))
    assert (done.steps, done.answers) == (13, 12)
