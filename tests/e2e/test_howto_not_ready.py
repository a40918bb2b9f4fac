"""The page for the night: its commands lead from a failing resource to the answer of the database, and on to Ready."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from tests.e2e.conftest import BIN
from tests.howto import PAGES, run_commands

if TYPE_CHECKING:
    from tests.e2e.conftest import Namespace, Process

PAGE = (PAGES / "not-ready.md").read_text()
FILES = {
    "20260105090000_tags.sql": "CREATE TABLE tags (name text);",
    "20260112090000_fill.sql": "INSERT INTO tags SELECT name FROM labels;",
}
FIRST = "NAMESPACE=prod NAME=shop\n"


def blocks(language: str, text: str = PAGE) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def failing(namespace: Namespace) -> None:
    sealed = namespace.folder / "sealed"
    sealed.mkdir()
    for name, text in FILES.items():
        (sealed / name).write_text(text)
    subprocess.run(
        [str(BIN / "atlas"), "migrate", "hash", "--dir", f"file://{sealed}"], check=True, timeout=60
    )
    namespace.secret("shop", url=namespace.url("shop.db"))
    files = {path.name: path.read_text() for path in sealed.iterdir()}
    target = {"secretKeyRef": {"name": "shop", "key": "url"}}
    namespace.migration("shop", {"urlFrom": target, "dir": {"local": files}})
    namespace.wait_reason("shop", "Migrating")


def test_the_page_leads_from_a_failing_resource_to_ready(namespace: Namespace, operator: Process) -> None:
    assert operator.child is not None
    failing(namespace)
    before, after = PAGE.split("\n## 4. ")
    names = f"NAMESPACE={namespace.name} NAME=shop\n"
    looking = "".join(blocks("shell", before))
    assert FIRST in looking
    environ = {
        "PATH": f"{BIN}{os.pathsep}{namespace.kubectl.program.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(namespace.folder),
        "KUBECONFIG": str(namespace.kubectl.kubeconfig),
    }
    printed = run_commands(looking.replace(FIRST, names), namespace.folder, environ)
    for answer in blocks("text"):
        assert answer in printed
    namespace.wait_reason("shop", "Suspended")
    with closing(sqlite3.connect(namespace.folder / "shop.db")) as database:
        database.execute("CREATE TABLE labels (name text)")
    run_commands(names + "".join(blocks("shell", after)), namespace.folder, environ)
    namespace.wait_ready("shop", "20260112090000")
