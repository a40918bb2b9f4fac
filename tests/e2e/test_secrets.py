"""Canaries in every place a secret can be: none may sing in a status, an Event, a log, a metric, a report or on a terminal.

The table is in ``canaries.py``. What people push is in the content store of a registry as they pushed it, by its nature.
"""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import subprocess
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from atlas.engine.directory import compute_sum, from_entries
from atlas.wire.archive import Entry

from tests.daemon import free_port
from tests.e2e.canaries import MIGRATION, Aviary, Canary, repeating_server, songs, word_of
from tests.e2e.conftest import BIN, ready_of
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.servers.mariadb import MariaDBServer
    from tests.servers.postgres import PostgresServer

ALLOW = "--allow-custom-config"
KINDS = "atlasmigrations,atlasschemas"


@pytest.fixture
def aviary(postgres: PostgresServer, mariadb: MariaDBServer, registry: RegistryServer) -> Iterator[Aviary]:
    with repeating_server() as echo:
        yield Aviary(postgres, mariadb, registry.url, echo)


def dumped(registry: RegistryServer) -> str:
    """All tables of the index of a registry: what was reported to it, and what it noted itself."""
    with closing(sqlite3.connect(next((registry.folder / "registry").glob("*.db")))) as connection:
        return "\n".join(connection.iterdump())


def unsaid(canaries: Iterable[Canary], messages: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those whose failure was not reached, each with the message that there is instead."""
    return [(each.name, messages[each.name]) for each in canaries if each.says not in messages[each.name]]


def test_no_canary_sings_in_the_cluster(
    namespace: Namespace, new_operator: Callable[..., Process], registry: RegistryServer, aviary: Aviary
) -> None:
    metrics = f"127.0.0.1:{free_port()}"
    flags = (
        "--metrics-bind-address",
        metrics,
        "--log-level",
        "debug",
        "--cloud-url",
        "http://127.0.0.1:1",
        ALLOW,
    )
    wrong = f"maria://app:{word_of('dev-of-operator')}@127.0.0.1:{aviary.mariadb.port}/app"
    dev = aviary.postgres.url(aviary.postgres.create_database())
    environ = {"ATLAS_DEV_URL_MARIADB": wrong, "ATLAS_DEV_URL_POSTGRES": dev}
    operator = new_operator(*flags, **environ, ATLAS_TOKEN=f"aci_{word_of('token-of-operator')}")
    operator.start()
    canaries = aviary.canaries()
    namespace.secret("canary", **aviary.secret())
    namespace.secret("bucket", **aviary.bucket_secret())
    namespace.apply(*(in_folder(canary, namespace.folder) for canary in canaries))
    found: dict[str, dict[str, Any]] = {}

    def waited_for() -> list[tuple[str, str]]:
        items = namespace.kubectl.json("get", KINDS, "-n", namespace.name, "--show-managed-fields")["items"]
        found.update({item["metadata"]["name"]: item for item in items})
        messages = {name: str(ready_of(item).get("message", "")) for name, item in found.items()}
        return unsaid(canaries, messages)

    wait_until(lambda: not waited_for(), waited_for, every_s=0.5)
    events = namespace.kubectl.json("get", "events", "-n", namespace.name)["items"]
    seen = {
        "status": json.dumps([item["status"] for item in found.values()]),
        "managed fields": json.dumps([item["metadata"].get("managedFields") for item in found.values()]),
        "events": json.dumps(events),
        "log": operator.log.read_text(),
        "metrics": urllib.request.urlopen(f"http://{metrics}/metrics", timeout=5).read().decode(),
        "log of the registry": registry.process.log.read_text(),
        "index of the registry": dumped(registry),
    }
    assert {name: places for canary in canaries if (places := songs(name := canary.name, seen))} == {}
    assert len({canary.name for canary in canaries}) >= 30
    for place in ("status", "events", "log"):  # what is looked for would be found there
        assert "canary_role" in seen[place]
    assert f'name="role-twice",namespace="{namespace.name}"' in seen["metrics"]
    assert "db.atlasgo.io" in seen["managed fields"]


def in_folder(canary: Canary, folder: Path) -> dict[str, Any]:
    """The manifest, with a folder in which files may be."""
    found: dict[str, Any] = json.loads(json.dumps(canary.manifest()).replace("{folder}", str(folder)))
    return found


def test_no_canary_sings_without_a_cluster(aviary: Aviary, tmp_path: Path) -> None:
    folder = tmp_path / "manifests"
    folder.mkdir()
    canaries = [canary for canary in aviary.canaries() if canary.kind == MIGRATION]
    manifests: list[dict[str, Any]] = [in_folder(canary, tmp_path) for canary in canaries]
    for name, data in (("canary", aviary.secret()), ("bucket", aviary.bucket_secret())):
        manifests.append({"kind": "Secret", "metadata": {"name": name}, "stringData": data})
    (folder / "all.yaml").write_text(yaml.safe_dump_all(manifests))
    words = [
        str(BIN / "atlas-operator"),
        "run",
        "--standalone",
        str(folder),
        "--once",
        "--log-level",
        "debug",
        ALLOW,
    ]
    answer = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert answer.returncode == 1
    paths = {canary.name: folder / f"atlasmigration.default.{canary.name}.status.yaml" for canary in canaries}
    statuses = {name: yaml.safe_load(path.read_text()) for name, path in paths.items()}
    messages = {name: str(ready_of({"status": status}).get("message")) for name, status in statuses.items()}
    assert unsaid(canaries, messages) == [], answer.stderr
    seen = {"stdout": answer.stdout, "stderr": answer.stderr, "status": "".join(map(str, statuses.values()))}
    assert {canary.name: places for canary in canaries if (places := songs(canary.name, seen))} == {}
    assert "canary_role" in seen["status"]


def commands(aviary: Aviary, folder: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Command lines by the name of their canary, each with what it says; ``{}`` is the secret."""
    postgres = f"127.0.0.1:{aviary.postgres.port}"
    target = aviary.postgres.url(aviary.postgres.create_database())
    dev = aviary.postgres.url(aviary.postgres.create_database())
    twice = "CREATE ROLE {name} PASSWORD '{{}}';\n"
    files = {
        "failing/1_a.sql": twice.format(name="cli_a") * 2,
        "document/1_a.sql": twice.format(name="cli_b") * 2,
        "shown/1_a.sql": twice.format(name="cli_c"),
        "linted/1_a.sql": "CREATE ROLE cli_d PASSWORD '{}' NONSENSE;\n",
        "pushed/1_a.sql": "CREATE TABLE a (id integer);\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir()
        path.write_text(text.replace("{}", word_of(f"cli-{path.parent.name}")))
        entry = Entry(path.name, path.read_bytes())
        (path.parent / "atlas.sum").write_text(compute_sum(from_entries([entry])).text)
    (folder / "twice.sql").write_text(
        "CREATE ROLE cli_e PASSWORD '{}';\n".replace("{}", word_of("cli-desired")) * 2
    )
    (folder / "atlas.hcl").write_text(
        'variable "password" {\n type = string\n}\nenv "x" {\n url = var.password\n}\n'
        f'data "sql" "x" {{\n url = "postgres://app:{word_of("cli-source")}@{postgres}/app"\n query = "SELECT 1"\n}}\n'
        'env "y" {\n url = data.sql.x.value\n}\n'
    )
    apply = ("migrate", "apply", "--url", target, "--dir")
    return {
        "cli-url": ("authentication failed", ("migrate", "apply", "--url", f"postgres://app:{{}}@{postgres}/app", "--dir", f"file://{folder}/pushed")),
        "cli-key": ("authentication failed", ("schema", "inspect", "--url", f"postgres://app@{postgres}/app?password={{}}")),
        "cli-no-scheme": ("missing scheme", ("schema", "inspect", "--url", f"app:{{}}@{postgres}/app")),
        "cli-space": ("userinfo", ("schema", "inspect", "--url", f"postgres://app:{{}} x@{postgres}/app")),
        "cli-to": ("authentication failed", ("schema", "diff", "--from", target, "--to", f"postgres://app:{{}}@{postgres}/app")),
        "cli-failing": ("already exists", (*apply, f"file://{folder}/failing")),
        "cli-document": ("already exists", (*apply, f"file://{folder}/document", "--format", "{{ json . }}")),
        "cli-shown": ("CREATE ROLE cli_c", (*apply, f"file://{folder}/shown", "--dry-run")),
        "cli-linted": ("unrecognized role option", ("migrate", "lint", "--dev-url", target, "--dir", f"file://{folder}/linted", "--latest", "1")),
        "cli-desired": ("already exists", ("schema", "apply", "--url", target, "--dev-url", dev, "--to", f"file://{folder}/twice.sql", "--dry-run")),
        "cli-login": ("PASSWORD-OF-LOGIN", ("migrate", "status", "--url", f"postgres://canary_login:{{}}@{postgres}/postgres?sslmode=disable", "--dir", f"file://{folder}/pushed", "--format", "PASSWORD-OF-LOGIN {{ json . }}")),
        "cli-token": ("Unauthorized", ("migrate", "push", "shop", "--dir", f"file://{folder}/pushed", "--dev-url", "sqlite://dev?mode=memory")),
        "cli-variable": ("missing scheme", ("migrate", "apply", "--config", f"file://{folder}/atlas.hcl", "--env", "x", "--dir", f"file://{folder}/pushed", "--var", "password={}")),
        "cli-source": ("authentication failed", ("migrate", "apply", "--config", f"file://{folder}/atlas.hcl", "--env", "y", "--var", "password=x")),
        "cli-database": ("refused", ("registry", "token", "create", "--data", f"{folder}/data", "--database", "postgres://app:{}@127.0.0.1:1/app")),
        "cli-bucket": ("Error", ("registry", "backup", "--data", f"{folder}/none", "--to", "azblob://b?sig={}")),
    }  # fmt: skip


def test_no_canary_sings_on_a_terminal(aviary: Aviary, registry: RegistryServer, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    aviary.postgres.psql(f"CREATE ROLE canary_login LOGIN PASSWORD '{word_of('cli-login')}'")
    found = commands(aviary, folder)
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "ATLAS_CLOUD_URL": registry.url}
    environ["ATLAS_TOKEN"] = f"aci_{word_of('cli-token')}"

    def told(name: str) -> dict[str, str]:
        words = [word.replace("{}", word_of(name)) for word in found[name][1]]
        answer = subprocess.run(
            [str(BIN / "atlas"), *words],
            env=environ,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return {"stdout": answer.stdout, "stderr": answer.stderr}

    with ThreadPoolExecutor(4) as pool:
        answers = dict(zip(found, pool.map(told, found), strict=True))
    silent = {
        name: answers[name]
        for name, (says, _) in found.items()
        if says not in "".join(answers[name].values())
    }
    assert silent == {}
    assert {name: places for name in found if (places := songs(name, answers[name]))} == {}
    assert "cli_a" in answers["cli-failing"]["stderr"]


def test_no_canary_sings_in_a_registry(
    namespace: Namespace, operator: Process, registry: RegistryServer, postgres: PostgresServer
) -> None:
    """The report of a run that failed, and requests that are refused."""
    text = f"DO $x$ DECLARE api_password text := '{word_of('reported')}'; BEGIN CREATE TABLE a (id int); END $x$;\n"
    registry.push("shop", "v1", {"1_a.sql": text}, postgres.url(postgres.create_database()))
    database = postgres.create_database()
    postgres.query(database, "CREATE TABLE a (id int)")
    namespace.secret("canary", token=registry.token)
    cloud = {"url": registry.url, "tokenFrom": {"secretKeyRef": {"name": "canary", "key": "token"}}}
    spec = {
        "url": postgres.url(database),
        "dir": {"remote": {"name": "shop"}},
        "cloud": cloud,
        "allowDirty": True,
    }
    namespace.migration("reported", spec)
    assert "already exists" in namespace.wait_reason("reported", "Migrating")
    wait_until(lambda: "already exists" in dumped(registry), lambda: dumped(registry))
    refusals = [refused(registry, name) for name in ("bearer", "body", "path")]
    assert refusals == [401, 422, 422]
    seen = {
        "log": registry.process.log.read_text(),
        "index": dumped(registry),
        "operator": operator.log.read_text(),
    }
    assert {
        name: places for name in ("reported", "bearer", "body", "path") if (places := songs(name, seen))
    } == {}


def refused(registry: RegistryServer, name: str) -> int:
    """The status of a request that has the canary in this place; its answer may repeat nothing but a path."""
    word = word_of(name)
    token = word if name == "bearer" else registry.token
    url = f"{registry.url}/v1/content/{word}" if name == "path" else f"{registry.url}/query"
    body = None if name == "path" else f'{{"query": "{word}'.encode()
    request = urllib.request.Request(url, body, {"Authorization": f"Bearer {token}"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=10)
    with caught.value as answer:
        assert name == "path" or songs(name, {"answer": answer.read().decode()}) == []
        return answer.code


def test_a_word_that_is_there_is_found_in_every_key() -> None:
    word = word_of("x")
    before = ("", "y", "yy", "a longer one: ")
    told = [word, f"postgres://u:{word}@h", word.encode().hex()]
    told += [base64.b64encode((each + word + each).encode()).decode() for each in before]
    assert [songs("x", {"there": each}) for each in told] == [["there"]] * len(told)
    assert songs("x", {"there": word_of("y")}) == []
