"""``make demo``: push, reconcile, refuse a wrong tag, survive a kill; under a minute, nothing left running."""

from __future__ import annotations

import sys
import time

from examples.demo.shop_database import ShopDatabase
from examples.demo.stage import (
    ClaimError,
    Stage,
    claim,
    free_port,
    headline,
    kill,
    migrations,
    say,
    wait_for,
)

RESOURCE = """\
apiVersion: db.atlasgo.io/v1alpha1
kind: AtlasMigration
metadata:
  name: migration
spec:
  urlFrom:
    secretKeyRef:
      key: url
      name: shop-credentials
  cloud:
    project: "atlasdemo"
    tokenFrom:
      secretKeyRef:
        name: atlas-credentials
        key: token
  dir:
    remote:
      name: "shop"
      tag: "{tag}"
---
apiVersion: v1
kind: Secret
metadata:
  name: shop-credentials
stringData:
  url: "sqlite://{database}"
---
apiVersion: v1
kind: Secret
metadata:
  name: atlas-credentials
stringData:
  token: "{token}"
"""
V1_FILES, KILLED_AFTER, ALL_FILES = 4, 7, 12
CUSTOMERS = 1_000


def main() -> int:
    """Run the steps; the exit code says whether every claim was true."""
    begun = time.monotonic()
    try:
        with Stage() as stage:
            token = start_registry(stage)
            database = ShopDatabase(stage.folder / "shop.db")
            push_first_release(stage)
            reconcile_first_release(stage, database, token)
            refuse_unknown_tag(stage, database, token)
            survive_a_kill(stage, database, token)
    except ClaimError as failure:
        say(f"   ✗ {failure}")
        return 1
    say(f"\nDone in {time.monotonic() - begun:.0f} s; nothing is left running.\n\nWhat next:")
    say("   make demo-cluster                      the same on a real kube-apiserver, with kubectl apply")
    say("   .venv/bin/atlas registry serve --help  your own registry")
    say("   docs/spec/v1alpha1/atlasmigration.md   every field of the resource")
    return 0


def start_registry(stage: Stage) -> str:
    """A registry in the scratch folder, and a token for it."""
    say("Atlas Registry: a registry, an operator and a database, all on this machine.")
    token = stage.run(
        "atlas", "registry", "token", "create", "--data", "registry", "--name", "demo"
    ).splitlines()[-1]
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    child = stage.start("atlas", "registry", "serve", "--listen", f"127.0.0.1:{port}", "--data", "registry")
    wait_for(f"{address}/readyz", child)
    stage.run("atlas", "login", "--url", address, "--token", token)
    stage.allow({"ATLAS_CLOUD_URL": address, "ATLAS_TOKEN": token})
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


def reconcile(stage: Stage, database: ShopDatabase, token: str, tag: str) -> str:
    """Write the resource and let the operator see to it once; returns the line it prints for it."""
    write_resource(stage, database, token, tag)
    words = (
        "atlas-operator",
        "run",
        "--standalone",
        "resources",
        "--once",
        "--allow-path",
        str(stage.folder),
    )
    return stage.run(*words, may_fail=True)


def write_resource(stage: Stage, database: ShopDatabase, token: str, tag: str) -> None:
    folder = stage.folder / "resources"
    folder.mkdir(exist_ok=True)
    (folder / "migration.yaml").write_text(RESOURCE.format(tag=tag, database=database.path, token=token))


def reconcile_first_release(stage: Stage, database: ShopDatabase, token: str) -> None:
    headline(2, "Apply an AtlasMigration that names the tag: the operator migrates the database of a Secret.")
    answer = reconcile(stage, database, token, "v1")
    claim(
        "READY True  REASON Applied",
        "READY True" in spaced(answer) and "REASON Applied" in spaced(answer),
        answer,
    )
    expected = {"customers", "products", "orders", "order_lines"}
    claim(f"tables: {', '.join(sorted(expected))}", expected <= set(database.tables()))
    claim(f"rows imported: {database.count('customers'):,}", database.count("customers") == CUSTOMERS)


def refuse_unknown_tag(stage: Stage, database: ShopDatabase, token: str) -> None:
    headline(3, "Name a tag that does not exist: the status says so, and the database is left alone.")
    before = database.sha256()
    answer = reconcile(stage, database, token, "nope")
    claim("READY False", "READY False" in spaced(answer), answer)
    claim("the message names the tags there are", "v1" in answer and "nope" in answer, answer)
    claim("database unchanged: sha256 same", database.sha256() == before)


def survive_a_kill(stage: Stage, database: ShopDatabase, token: str) -> None:
    headline(4, "Push v2 and kill the operator with -9 in the middle: it takes up where it was.")
    migrations(stage.folder / "v2", files=ALL_FILES)
    push(stage, "v2", "v2")
    write_resource(stage, database, token, "v2")
    kill_after_file(stage, database, KILLED_AFTER)
    before = database.complete()
    say(f"   kill -9 after file {len(before)} of {ALL_FILES}")
    claim(
        f"{KILLED_AFTER} files are complete, none is half done",
        len(before) == KILLED_AFTER and not database.incomplete(),
    )
    answer = reconcile(stage, database, token, "v2")
    claim("READY True", "READY True" in spaced(answer), answer)
    after = database.complete()
    kept = all(after.get(version) == at for version, at in before.items())
    claim(f"resumed at file {KILLED_AFTER + 1}", kept and len(after) == ALL_FILES)
    claim("every statement ran once", every_statement_ran_once(database))
    kept_rows = database.count("customers")
    claim(f"rows kept: {kept_rows:,} of {CUSTOMERS:,}", kept_rows == CUSTOMERS)


def every_statement_ran_once(database: ShopDatabase) -> bool:
    """A second CREATE or keyed INSERT would have failed; the rows of the unkeyed ones are counted."""
    expected = {"customers": CUSTOMERS, "orders": 250_000, "categories": 3, "products": 8, "stock": 8}
    return not database.incomplete() and all(database.count(name) == rows for name, rows in expected.items())


def kill_after_file(stage: Stage, database: ShopDatabase, files: int) -> None:
    """Start the operator, and kill it once ``files`` are complete; the next file takes it a while."""
    words = (
        "atlas-operator",
        "run",
        "--standalone",
        "resources",
        "--once",
        "--allow-path",
        str(stage.folder),
    )
    child = stage.start(*words)
    deadline = time.monotonic() + 30
    while len(database.complete()) < files:
        if time.monotonic() > deadline or child.poll() is not None:
            raise ClaimError(f"the operator ended before it could be killed; see {stage.folder}")
        time.sleep(0.002)
    kill(child)


def spaced(text: str) -> str:
    """A table ``NAME READY REASON`` read row by row as ``READY True REASON Applied``."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    heads = next((line for line in lines if "READY" in line), [])
    rows = [line for line in lines if line is not heads]
    pairs = [f"{head} {cell}" for row in rows for head, cell in zip(heads, row, strict=False)]
    return " ".join([text, *pairs])


if __name__ == "__main__":
    sys.exit(main())
