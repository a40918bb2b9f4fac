"""Backups of a registry that goes away and comes back, with resources of both kinds on a real API server."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.daemon import free_port
from tests.e2e.backed import (
    AWS_KEYS,
    BACK_WITHIN_S,
    KINDS,
    LOOK_EVERY_S,
    Metrics,
    Shop,
    flip_a_byte,
    s3_backup,
)
from tests.e2e.conftest import accepts_connections, ready_of, resource
from tests.e2e.schemas import SchemaOnPostgres
from tests.servers.store_fixtures import SECRET
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Namespace, Process, RegistryServer
    from tests.servers.postgres import PostgresServer
    from tests.servers.stores import Store

CONFIG = """\
env "prod" {{
  schema {{
    repo {{
      name   = "shop"
      backup = ["{backup}"]
    }}
  }}
  migration {{
    repo {{
      name   = "shop"
      backup = ["{backup}"]
    }}
  }}
}}
"""
MANY = 30
ALWAYS = {"lint": {"review": "ALWAYS"}}


@pytest.fixture
def shop(namespace: Namespace, registry: RegistryServer, postgres: PostgresServer) -> Shop:
    return Shop(namespace, registry, {kind: SchemaOnPostgres(postgres) for kind in KINDS})


@pytest.fixture
def start(shop: Shop, new_operator: Callable[..., Process]) -> Callable[..., Metrics]:
    """Start an operator with flags of the test; returns its metrics."""

    def started(*flags: str, **environ: str) -> Metrics:
        address = f"127.0.0.1:{free_port()}"
        dev = f"postgres={shop.databases['AtlasSchema'].scratch_url()}"
        own = ("--metrics-bind-address", address, "--cloud-url", shop.registry.url, "--dev-url", dev)
        process = new_operator(*own, *flags, **environ)
        process.start()
        return Metrics(address, process)

    return started


def took(what: str, begun: float) -> float:
    """Seconds since then, printed for the report of the run."""
    seconds = time.monotonic() - begun
    print(f"\n{what}: {seconds:.1f} s")
    return seconds


def return_of(registry: RegistryServer) -> float:
    """Start the registry again; returns when it accepted connections."""
    registry.process.start()
    port = int(registry.url.rpartition(":")[2])
    wait_until(lambda: accepts_connections(port), registry.process.log.read_text)
    return time.monotonic()


def test_new_resources_and_another_tag_come_from_a_bucket_until_the_registry_returns(
    shop: Shop, start: Callable[..., Metrics], moto_store: Store
) -> None:
    bucket = shop.with_bucket(moto_store)
    shop.push("v1", "v2")
    shop.registry.process.kill()
    metrics = start()
    label = {"project": "atlasdemo"}  # of reports: the pushes named none
    shop.name("v1", backoffLimit=1, cloud=label)
    shop.wait_told("/aws not found")
    shop.namespace.secret("aws", **AWS_KEYS)
    begun = time.monotonic()
    shop.wait_ready("v1")
    took("new resources from the bucket, once its Secret was there", begun)
    for status, message in zip(shop.statuses().values(), shop.messages("True"), strict=True):
        source = status["source"]
        assert source["url"] == bucket
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*Z", source["pushedAt"])
        assert shop.registry.url in source["reason"]
        assert f"Served from {bucket} (age " in message
        assert "did not answer" in message
    begun = time.monotonic()
    shop.name("v2", cloud=label)
    shop.wait_ready("v2")
    took("another tag from the bucket", begun)
    shop.wait_source(bucket)
    wait_until(lambda: [metrics.from_backup(kind) for kind in KINDS] == [1, 1], metrics.text)
    assert min(metrics.fallbacks(kind) for kind in KINDS) >= 2
    before, since = shop.dump(), [one["lastTransitionTime"] for one in shop.readys().values()]
    metrics.process.kill()
    metrics.process.start()  # what it knew of the outage is gone, and is found out again
    wait_until(lambda: [metrics.from_backup(kind) for kind in KINDS] == [1, 1], metrics.text)
    begun = return_of(shop.registry)
    shop.wait_source(shop.registry.url)
    assert took("the registry as the source again", begun) < BACK_WITHIN_S
    assert shop.sources() == [{"url": shop.registry.url}] * 2
    assert not any("Served from" in told for told in shop.messages("True"))
    assert [one["lastTransitionTime"] for one in shop.readys().values()] == since
    wait_until(lambda: [metrics.from_backup(kind) for kind in KINDS] == [0, 0], metrics.text)
    assert shop.dump() == before


def test_a_revoked_token_is_an_answer_and_no_outage(shop: Shop, start: Callable[..., Metrics]) -> None:
    shop.with_folder()
    shop.push("v1", "v2")
    start()
    shop.name("v1")
    shop.wait_ready("v1")
    shop.wait_source(shop.registry.url)
    before = shop.dump()
    shop.atlas("registry", "token", "revoke", "1", "--data", str(shop.registry.folder / "registry"))
    shop.name("v2")
    messages = shop.wait_not_ready("Unauthorized")
    assert not any("Served from" in message for message in messages)
    assert shop.sources() == [{"url": shop.registry.url}] * 2
    assert shop.dump() == before
    data = str(shop.registry.folder / "registry")
    fresh = shop.atlas("registry", "token", "create", "--data", data).strip()
    shop.namespace.secret("registry", token=fresh)
    shop.wait_ready("v2")
    shop.wait_source(shop.registry.url)


def test_a_backup_with_a_flipped_byte_is_refused_and_the_next_one_is_used(
    shop: Shop, start: Callable[..., Metrics]
) -> None:
    damaged, whole = shop.with_folder("damaged"), shop.with_folder("whole")
    shop.push("v1", "v2")
    metrics = start()
    shop.name("v1")
    shop.wait_ready("v1")
    flip_a_byte(damaged, "v2")
    shop.registry.process.kill()
    shop.name("v2")
    shop.wait_ready("v2")
    shop.wait_source(whole.as_uri())
    assert all(f"Served from {whole.as_uri()} (age " in told for told in shop.messages("True"))
    told = [line["message"] for line in metrics.process.lines() if damaged.as_uri() in line["message"]]
    assert any("damaged" in line for line in told), metrics.process.log.read_text()


def test_with_every_source_out_nothing_is_touched_and_the_return_is_enough(
    shop: Shop, start: Callable[..., Metrics]
) -> None:
    damaged = shop.with_folder()
    shop.push("v1", "v2")
    flip_a_byte(damaged, "v2")
    shop.namespace.secret("aws", **AWS_KEYS)
    away = f"http://127.0.0.1:{free_port()}"
    shop.backups.insert(0, s3_backup(f"s3://away/shop?region=us-east-1&endpoint={away}"))
    start()
    shop.name("v1", backoffLimit=1)
    shop.wait_ready("v1")
    before = shop.dump()
    shop.registry.process.kill()
    shop.name("v2", backoffLimit=1)
    messages = shop.wait_not_ready("Unavailable")
    for message in messages:
        for source in (shop.registry.url, "s3://away/shop", damaged.as_uri()):
            assert source in message
        assert "damaged" in message
        assert SECRET not in message
    assert shop.conditions("Reconciling") == {"True"}
    assert shop.conditions("Stalled") == {"False"}
    shop.wait_failed(2)
    assert shop.dump() == before
    assert shop.conditions("Reconciling") == {"True"}
    assert shop.conditions("Stalled") == {"False"}
    begun = return_of(shop.registry)  # the next try by the clock would be in five minutes
    shop.wait_ready("v2", BACK_WITHIN_S)
    assert took("Ready after everything was out", begun) < BACK_WITHIN_S
    shop.wait_source(shop.registry.url)


def test_a_tag_that_only_backups_took_is_ready_soon_after_the_return(
    shop: Shop, start: Callable[..., Metrics]
) -> None:
    folder = shop.with_folder()
    shop.push("v1")
    shop.registry.process.kill()
    before = shop.dump()
    start("--backup", folder.as_uri())
    shop.name("v2", backoffLimit=1, cloud={"backup": []})  # the operator's
    shop.wait_not_ready("Unavailable")
    shop.wait_failed(2)
    assert shop.dump() == before
    shop.push("v2")
    begun = return_of(shop.registry)
    shop.wait_ready("v2", BACK_WITHIN_S)
    assert took("a tag that was pushed meanwhile", begun) < BACK_WITHIN_S
    shop.wait_source(folder.as_uri())
    for source in shop.sources():
        assert "does not have it yet" in source["reason"]


def test_a_plan_that_needs_approval_waits_for_the_registry_and_runs_nothing(
    shop: Shop, start: Callable[..., Metrics]
) -> None:
    shop.with_folder()
    shop.push("v1")
    shop.registry.process.kill()
    before = shop.dump()["AtlasSchema"]
    start()
    shop.name("v1", policy=ALWAYS)
    shop.wait_not_ready("Unavailable", kinds=["AtlasSchema"])
    wait_until(
        lambda: "a" in shop.databases["AtlasMigration"].tables(), shop.statuses
    )  # files need no approval
    assert shop.conditions("Stalled") == {"False"}
    assert shop.dump()["AtlasSchema"] == before
    begun = return_of(shop.registry)
    shop.wait_not_ready("ApprovalPending", kinds=["AtlasSchema"])
    assert took("a plan that waits for approval", begun) < BACK_WITHIN_S
    assert shop.dump()["AtlasSchema"] == before
    shop.atlas("schema", "plan", "approve", "--url", shop.statuses()["AtlasSchema"]["planURL"])
    shop.wait_ready("v1")


def test_a_spec_reaches_the_addresses_that_it_may_name_and_no_other(
    shop: Shop, start: Callable[..., Metrics], moto_store: Store
) -> None:
    bucket = shop.with_bucket(moto_store)
    shop.namespace.secret("aws", **AWS_KEYS)
    shop.push("v1")
    own = {"url": shop.backups[0]["url"]}
    start("--allow-backup", own["url"].replace("/shop?", "?"), **AWS_KEYS)
    before = shop.dump()
    here = bucket.partition("?")[0]
    for url, credentials, words in (
        ("file:///etc/backup", "", "file:///etc/backup"),
        ("s3://somebody/shop?region=us-east-1", "", "--allow-backup"),
        ("s3://somebody/shop?endpoint=http://169.254.169.254", "aws", "169.254.169.254"),
        (f"{here}?endpoint=http://metadata.google.internal", "", "metadata.google.internal"),
        (f"{here}?endpoint=http://127.0.0.1:9", "", "--allow-backup"),
    ):
        shop.name("v1", cloud={"backup": [s3_backup(url, credentials) if credentials else {"url": url}]})
        shop.wait_told(words)
    assert shop.dump() == before
    assert SECRET not in json.dumps(shop.statuses())
    shop.registry.process.kill()
    shop.name("v1", cloud={"backup": [own]})  # read with what the operator has itself
    shop.wait_ready("v1")
    shop.wait_source(bucket)


def test_backups_of_a_project_file_stand_in_as_those_of_the_spec_do(
    shop: Shop, start: Callable[..., Metrics]
) -> None:
    folder, outside = shop.with_folder(), shop.registry.folder / "outside"
    shop.push("v1")
    shop.backups.clear()
    start("--allow-custom-config")
    shop.registry.process.kill()
    before = shop.dump()
    shop.name("v1", config=CONFIG.format(backup=outside.as_uri()), envName="prod")
    shop.wait_told(outside.as_uri())
    assert shop.dump() == before
    shop.name("v1", config=CONFIG.format(backup=folder.as_uri()), envName="prod")
    shop.wait_ready("v1")
    shop.wait_source(folder.as_uri())


def test_a_silent_registry_does_not_keep_each_of_many_resources_waiting(
    shop: Shop, start: Callable[..., Metrics]
) -> None:
    folder, namespace = shop.with_folder(), shop.namespace
    shop.push("v1")
    shop.atlas("migrate", "push", "many:v1", "--env", "ci", "--dev-url", "sqlite://dev?mode=memory")
    start("--backup", folder.as_uri(), "--concurrency", "4")
    token = {"secretKeyRef": {"name": "registry", "key": "token"}}
    names = [f"many-{number}" for number in range(MANY)]
    objects = [
        resource(
            name,
            {
                "url": namespace.url(f"{name}.db"),
                "cloud": {"tokenFrom": token},
                "dir": {"remote": {"name": "many", "tag": "v1"}},
            },
        )
        for name in names
    ]
    assert shop.registry.process.child is not None
    psutil.Process(shop.registry.process.child.pid).suspend()  # it takes connections, and says nothing
    begun = time.monotonic()
    namespace.apply(*objects)

    def sources() -> list[str]:
        found = namespace.kubectl.json("get", "atlasmigrations", "-n", namespace.name)["items"]
        return [
            one["status"].get("source", {}).get("url", "")
            for one in found
            if ready_of(one).get("status") == "True"
        ]

    wait_until(lambda: sources() == [folder.as_uri()] * MANY, sources, every_s=LOOK_EVERY_S)
    took(f"{MANY} resources, 4 at once, beside a silent registry", begun)
    assert all("a" in namespace.tables(f"{name}.db") for name in names)
