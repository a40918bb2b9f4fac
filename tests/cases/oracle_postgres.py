"""What pg_dump says of a database, without what changes from one run to the next."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from tests.servers.postgres import postgres_program

if TYPE_CHECKING:
    from tests.cases.servers import PostgresGround

_NOISE = re.compile(r"^(\\(un)?restrict |--|SET |SELECT pg_catalog\.set_config)")


def dump(ground: PostgresGround, url: str, schemas: tuple[str, ...] = ()) -> list[str]:
    """The statements of ``pg_dump -s``, sorted; columns of a table sorted too, for a new one comes last."""
    server = ground.server
    address = ["-h", server.host, "-p", str(server.port), "-U", server.user, "-d", ground.name(url)]
    answer = subprocess.run(
        [postgres_program("pg_dump"), "--schema-only", *(f"--schema={name}" for name in schemas), *address],
        env={**os.environ, "PGPASSWORD": server.password, "PGSSLMODE": "disable"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answer.returncode == 0, answer.stderr
    lines = [line for line in answer.stdout.splitlines() if line.strip() and not _NOISE.match(line)]
    return sorted(_statements(lines))


def _statements(lines: list[str]) -> list[str]:
    """Cut behind each line that ends with a semicolon, outside of dollar quotes."""
    statements: list[str] = []
    pending: list[str] = []
    quote = ""
    for line in lines:
        pending.append(line)
        for tag in re.findall(r"\$(?:[^\W\d]\w*)?\$", line):
            quote = tag if not quote else ("" if tag == quote else quote)
        if not quote and line.endswith(";"):
            statements.append(_sorted_columns(pending))
            pending = []
    assert not pending, pending
    return statements


def _sorted_columns(lines: list[str]) -> str:
    if not re.match(r"CREATE (UNLOGGED )?TABLE", lines[0]):
        return "\n".join(lines)
    body = [line.removesuffix(",") for line in lines[1:] if line.startswith("    ")]
    rest = [line for line in lines[1:] if not line.startswith("    ")]
    return "\n".join([lines[0], *sorted(body), *rest])
