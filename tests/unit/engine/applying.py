"""One run on a fake server, in one call, and what it left there."""

from __future__ import annotations

from atlas.engine.apply import (
    ApplyOptions,
    ApplyReport,
    apply_pending,
)
from atlas.engine.history.revisions import Revision

from tests.fakes.clock import FakeClock
from tests.fakes.database import FakeServer
from tests.fakes.directories import directory_with

CREATE = "CREATE TABLE a (x int);"
FILES = {"1_a.sql": f"{CREATE}\nINSERT INTO a VALUES (1);\n", "2_b.sql": "INSERT INTO a VALUES (2);\n"}
BROKEN = {"1_a.sql": f"{CREATE}\nINSERT INTO a VALUES (1);\nNONSENSE;\n"}


def apply(server: FakeServer, files: dict[str, str] = FILES, **options: object) -> ApplyReport:
    chosen = ApplyOptions(operator_version="Atlas CLI test", **options)  # type: ignore[arg-type]  # options of a test
    return apply_pending(directory_with(files), server.connect(), chosen, clock=FakeClock())


def rows(server: FakeServer) -> dict[str, Revision]:
    return server.state.revisions["public"]


def sent(server: FakeServer) -> list[str]:
    return [line for line in server.trace if not line.startswith("after ")]
