"""``make demo`` and ``make demo-cluster``: push, reconcile, refuse a wrong tag, survive two outages, keep a column."""

from __future__ import annotations

import sys
import time
from subprocess import Popen
from typing import Protocol

from examples.demo.declared_notes import refuse_to_drop_a_column
from examples.demo.registry import DemoRegistry
from examples.demo.shop_database import ShopDatabase
from examples.demo.stage import ClaimError, Stage, claim, headline, migrations, say
from examples.demo.without_registry import serve_from_a_backup

V1_FILES, KILLED_AFTER, ALL_FILES = 4, 7, 12
CUSTOMERS = 1_000
ROWS = {"customers": CUSTOMERS, "orders": 250_000, "categories": 3, "products": 8, "stock": 8}


class Way(Protocol):
    """How resources reach the operator: as files of a folder, or through an API server."""

    def reconcile(self, tag: str) -> str: ...

    def begin(self, tag: str) -> Popen[str]: ...

    def kill(self) -> None: ...

    def told(self) -> dict[str, str]: ...

    def reconcile_schema(self, manifest: str) -> str: ...


def main(words: list[str]) -> int:
    """Run the steps; the exit code says whether every claim was true."""
    begun = time.monotonic()
    try:
        with Stage() as stage:
            registry = DemoRegistry(stage)
            token = start_registry(stage, registry)
            database = ShopDatabase(stage.folder / "shop.db")
            way = way_of(words, stage, database, token)
            push_first_release(stage)
            reconcile_first_release(way, database)
            refuse_unknown_tag(way, database)
            survive_a_kill(stage, way, database)
            serve_from_a_backup(stage, way, database, registry)
            refuse_to_drop_a_column(stage, way)
    except ClaimError as failure:
        say(f"   ✗ {failure}")
        return 1
    say(f"\nDone in {time.monotonic() - begun:.0f} s; nothing is left running.\n\nWhat next:")
    if words == ["cluster"]:
        say("   make cluster                             one to try things on: README.md, In a cluster")
    else:
        say(
            "   make demo-cluster                        the same on a real kube-apiserver, with kubectl apply"
        )
    say("   .venv/bin/atlas registry serve --help    a registry of your own")
    say("   docs/spec/v1alpha1/atlasmigration.md     every field of the resource")
    return 0


def way_of(words: list[str], stage: Stage, database: ShopDatabase, token: str) -> Way:
    if words == ["cluster"]:
        from examples.demo.on_cluster import OnCluster

        return OnCluster(stage, database, token)
    from examples.demo.standalone import Standalone

    return Standalone(stage, database, token)


def start_registry(stage: Stage, registry: DemoRegistry) -> str:
    """A registry in the scratch folder, and a token for it."""
    say("Atlas Registry: a registry, an operator and a database, all on this machine.")
    words = ("registry", "token", "create", "--data", "registry", "--name", "demo")
    token = stage.run("atlas", *words).splitlines()[-1]
    registry.start()
    stage.run("atlas", "login", "--url", registry.url, "--token", token)
    stage.allow({"ATLAS_CLOUD_URL": registry.url, "ATLAS_TOKEN": token})
    return token


def push(stage: Stage, folder: str, tag: str) -> str:
    stage.run("atlas", "migrate", "hash", "--dir", f"file://{folder}")
    words = (
        "migrate",
        "push",
        f"shop:{tag}",
        "--dir",
        f"file://{folder}",
        "--dev-url",
        "sqlite://dev?mode=memory",
    )
    return stage.run("atlas", *words).strip()


def push_first_release(stage: Stage) -> None:
    headline(1, "Push release v1: a directory of migrations gets a name and a tag.")
    migrations(stage.folder / "v1", files=V1_FILES)
    url = push(stage, "v1", "v1")
    claim(f"it can be looked at: {url}", url.startswith(stage.environ["ATLAS_CLOUD_URL"] + "/dirs/"))
    listed = stage.run("atlas", "cloud", "repo", "list")
    claim("cloud repo list shows shop", any(line.split()[:1] == ["shop"] for line in listed.splitlines()))


def reconcile_first_release(way: Way, database: ShopDatabase) -> None:
    headline(2, "Apply an AtlasMigration that names the tag: the operator migrates the database of a Secret.")
    answer = cells(way.reconcile("v1"))
    claim(
        "READY True  REASON Applied",
        (answer.get("READY"), answer.get("REASON")) == ("True", "Applied"),
        str(answer),
    )
    claim(f"VERSION {answer['VERSION']}", answer["VERSION"] == max(database.complete()))
    expected = {"customers", "products", "orders", "order_lines"}
    claim(f"tables: {', '.join(sorted(expected))}", expected <= set(database.tables()))
    claim(f"rows imported: {database.count('customers'):,}", database.count("customers") == CUSTOMERS)


def refuse_unknown_tag(way: Way, database: ShopDatabase) -> None:
    headline(3, "Name a tag that does not exist: the status says so, and the database is left alone.")
    before = database.sha256()
    text = way.reconcile("nope")
    claim("READY False", cells(text).get("READY") == "False", text)
    claim("the message names the tags there are", "nope" in text and "v1" in text.partition("nope")[2], text)
    claim("database unchanged: sha256 same", database.sha256() == before)


def survive_a_kill(stage: Stage, way: Way, database: ShopDatabase) -> None:
    headline(4, "Push v2 and kill the operator with -9 in the middle: it takes up where it was.")
    migrations(stage.folder / "v2", files=ALL_FILES)
    push(stage, "v2", "v2")
    kill_after_file(way, database, KILLED_AFTER)
    before = database.complete()
    say(f"   kill -9 after file {len(before)} of {ALL_FILES}")
    whole = len(before) == KILLED_AFTER and not database.incomplete()
    claim(f"{KILLED_AFTER} files are complete, none is half done", whole, str(sorted(before)))
    answer = cells(way.reconcile("v2"))
    claim("READY True", answer.get("READY") == "True", str(answer))
    after = database.complete()
    kept = all(after.get(version) == at for version, at in before.items())
    claim(f"resumed at file {KILLED_AFTER + 1}", kept and len(after) == ALL_FILES)
    # A second CREATE or keyed INSERT would have failed; a second INSERT without a key would show in the rows.
    once = not database.incomplete() and all(database.count(name) == rows for name, rows in ROWS.items())
    claim("every statement ran once", once)
    kept_rows = database.count("customers")
    claim(f"rows kept: {kept_rows:,} of {CUSTOMERS:,}", kept_rows == CUSTOMERS)


def kill_after_file(way: Way, database: ShopDatabase, files: int) -> None:
    """Let the operator begin, and kill it once ``files`` are complete; the next file takes it a while."""
    child = way.begin("v2")
    deadline = time.monotonic() + 30
    while len(database.complete()) < files:
        if time.monotonic() > deadline or child.poll() is not None:
            raise ClaimError(f"file {files} was complete before the operator ended or 30 s were over")
        time.sleep(0.001)
    way.kill()


def cells(table: str) -> dict[str, str]:
    """The first row of a table ``NAME READY REASON …`` by its heads."""
    lines = [line.split() for line in table.splitlines() if line.strip()]
    heads = next((index for index, line in enumerate(lines) if "READY" in line), None)
    if heads is None or heads + 1 >= len(lines):
        return {}
    return dict(zip(lines[heads], lines[heads + 1], strict=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
