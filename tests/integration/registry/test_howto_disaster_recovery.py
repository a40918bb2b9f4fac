"""The commands of ``docs/howto/disaster-recovery.md`` bring everything back, in the order of the page."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.daemon import free_port
from tests.howto import run_page

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_about_the_bad_night_runs_as_it_stands(tmp_path: Path) -> None:
    environ = {"LISTEN": f"127.0.0.1:{free_port()}"}
    try:
        done = run_page("disaster-recovery.md", tmp_path, environ)
    finally:
        with suppress(FileNotFoundError, ProcessLookupError):  # where a step failed, it was not stopped
            os.kill(int((tmp_path / "folder" / "registry.pid").read_text()), signal.SIGKILL)
    assert (done.steps, done.answers) == (12, 11)
