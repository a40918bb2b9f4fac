"""What ``migrate status --env`` loads: neither a server, nor an operator, nor the library of a cloud, nor of figures."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.integration.cli.conftest import Shell

LIST_MODULES = """
import json, sys
sys.argv = ["atlas", "migrate", "status", "--env", "e"]
from atlas.__main__ import main
try:
    code = main()
except SystemExit as end:
    code = end.code
assert not code, code
sys.stderr.write(json.dumps(sorted(sys.modules)))
"""
HEAVY = {
    *("kopf", "kubernetes", "pykube", "aiohttp"),
    *("starlette", "uvicorn", "sqlalchemy", "httpx", "anyio", "asyncio", "ssl"),
    *("boto3", "botocore", "google", "azure"),
    *("psycopg", "pymysql", "hcl2", "lark", "yaml", "rich", "jinja2"),
    *("dataclasses", "inspect"),
}
"""The last two take a fifth of the time that the command may have: ``atlas.record`` stands in for them."""


def test_a_status_by_a_project_file_loads_what_it_needs(atlas: Shell) -> None:
    atlas.write({"1_t.sql": "CREATE TABLE t (id integer);\n"})
    (atlas.folder / "atlas.hcl").write_text(
        'locals {\n  url = getenv("URL")\n}\nenv "e" {\n  url = local.url\n  migration {\n'
        '    dir = "file://migrations"\n  }\n}\n'
    )

    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES],
        cwd=atlas.folder,
        env={**atlas.environ, "URL": "sqlite://app.db"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("Migration Status: PENDING")
    roots = {name.partition(".")[0] for name in json.loads(done.stderr)}
    assert "sqlite3" in roots
    assert roots & HEAVY == set()
