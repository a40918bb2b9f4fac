"""Every command that takes an ``atlas://`` address, run while the registry refuses connections and a backup has it."""

from __future__ import annotations

import json
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from atlas.wire.contract import APPROVED, PENDING, SCHEMA

from tests.integration.backups.shop_without_a_registry import (
    AT,
    FAR_AWAY,
    NOBODY_LISTENS,
    ONE,
    LonelyShop,
    lonely_shop,
)
from tests.integration.cli.conftest import Answer

if TYPE_CHECKING:
    from pathlib import Path

TAG = "atlas://shop?tag=v1"
PLAN = "atlas://shop/plans/add_one"

SERVED = {
    "migrate apply": ("migrate apply --env prod", ""),
    "migrate apply --dir": ("migrate apply --env local --dir atlas://shop?version=1", ""),
    "migrate status": ("migrate status --env prod", "Pending Files:   2"),
    "migrate ls": ("migrate ls --env prod", "2_two.sql"),
    "migrate validate": ("migrate validate --env prod", ""),
    "migrate set": ("migrate set --env prod 2", ""),
    "migrate lint": ("migrate lint --env prod --latest 1", "analyzing version 2"),
    "migrate lint --base": ("migrate lint --env local --base atlas://shop?tag=v0", ""),
    "migrate lint by repo.name": ("migrate lint --env local", ""),
    "migrate test": ("migrate test --env prod checks.test.hcl", "PASS: both"),
    "migrate pull": ("migrate pull shop:v0 --env prod --dir file://pulled", ""),
    "migrate push --dir": (f"migrate push copy:v9 --env local --dir {TAG}", "atlas://copy?tag=v9"),
    "migrate diff --to": ("migrate diff x --env local --to atlas://shop", "synced with the desired state"),
    "schema apply": ("schema apply --env prod --auto-approve", "CREATE TABLE"),
    "schema apply --to": (
        "schema apply --env local --to atlas://shop?version=s1 --dry-run",
        "CREATE TABLE",
    ),
    "schema inspect": ("schema inspect --env local --url atlas://shop", 'table "one"'),
    "schema inspect env://": ("schema inspect --env prod --url env://schema.src", 'table "one"'),
    "schema diff --to": ("schema diff --env local --from env://url --to atlas://shop", "CREATE TABLE"),
    "schema diff --from": ("schema diff --env local --from atlas://shop --to env://url", "DROP TABLE"),
    "schema lint": ("schema lint --env prod", "0 diagnostics"),
    "schema test": ("schema test --env prod checks.test.hcl", "PASS: a_row"),
    "schema push --url": ("schema push copy --env local --url atlas://shop", "atlas://copy"),
    "schema plan": ("schema plan --env prod --dry-run", "CREATE TABLE"),
    "data.remote_dir": ("migrate status --env data", "Pending Files:   2"),
    "data.remote_schema": ("schema inspect --env data --url env://schema.src", 'table "one"'),
    "data.composite_schema": ("schema inspect --env composite --url env://schema.src", 'table "one"'),
}
"""Command lines, and what their answers hold."""

SERVED_PLANS = {
    "schema apply --plan": (f"schema apply --env prod --plan {PLAN} --auto-approve", "add_one"),
    "schema apply": ("schema apply --env prod --auto-approve", "pre-planned file add_one"),
    "schema plan pull": (f"schema plan pull --env prod --url {PLAN}", 'plan "add_one"'),
    "schema plan list": ("schema plan list --env prod", "Plan Status: APPROVED"),
    "schema plan list --to": ("schema plan list --env prod --from env://url --to env://schema.src", PLAN),
    "schema plan lint": (f"schema plan lint --env prod --file {PLAN}", "no diagnostics found"),
    "schema plan validate": (f"schema plan validate --env prod --file {PLAN}", "leads from"),
    "schema plan test": ("schema plan test --env prod checks.test.hcl", "PASS: from_backup"),
    "schema plan push --file": (f"schema plan push --env prod --file {PLAN} --auto-approve", PLAN),
}

REFUSED = {
    "migrate down": ("migrate down --env prod", "migrate down needs the registry"),
    "migrate hash": ("migrate hash --env prod", "read-only here"),
    "migrate diff --dir": ("migrate diff x --env prod", "read-only here"),
    "migrate new --dir": ("migrate new x --env prod", "read-only here"),
    "migrate checkpoint": ("migrate checkpoint x --env prod", "read-only here"),
    "migrate rebase": ("migrate rebase 1 --env prod", "read-only here"),
    "migrate rm": ("migrate rm 2 --env prod", "read-only here"),
    "migrate edit": ("migrate edit 2 --env prod", "read-only here"),
    "schema clean": (
        "schema clean --env local --url atlas://shop --auto-approve",
        '"atlas" are not served by',
    ),
    "schema stats": ("schema stats inspect --env local --url atlas://shop", '"atlas" are not served by'),
    "schema plan approve": (f"schema plan approve --env prod --url {PLAN}", "approved by the registry alone"),
    "schema plan rm": (f"schema plan rm --env prod --url {PLAN}", "removed by the registry alone"),
    "an unknown tag": ("migrate status --env prod --dir atlas://shop?tag=v9", "the nearest are v1, v0"),
    "an unknown plan": (f"schema plan pull --env prod --url {PLAN}2", "nobody can say what"),
    "no backup named": ("migrate pull shop:v1 --dir file://pulled", "cannot be reached"),
    "data.cloud_databases": ("migrate apply --env fleet", "known to the registry alone"),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> LonelyShop:
    made = lonely_shop(tmp_path_factory.mktemp("template"))
    made.shell.ok("schema", "plan", "--env", "prod", "--save", "--name", "add_one")
    return made


@pytest.fixture
def shop(template: LonelyShop, tmp_path: Path) -> LonelyShop:
    """A shop of one's own; the plan is saved as a file, and in no backup yet."""
    made = lonely_shop(tmp_path)
    shutil.copy(template.shell.folder / "add_one.plan.hcl", made.shell.folder)
    return made


@pytest.mark.parametrize("name", SERVED)
def test_a_backup_answers_and_it_is_told(shop: LonelyShop, name: str) -> None:
    words, expected = SERVED[name]
    answer = shop.shell(*words.split())
    assert answer.code == 0, answer.err
    assert expected in answer.out
    assert f"Served from {shop.backup.url} (age " in answer.err
    assert "did not answer: http://127.0.0.1:9/query cannot be reached: Connection refused" in answer.err


@pytest.mark.parametrize("name", SERVED_PLANS)
def test_a_plan_comes_from_a_backup(shop: LonelyShop, name: str) -> None:
    words, expected = SERVED_PLANS[name]
    shop.keep_saved_plan("add_one", APPROVED)
    answer = shop.shell(*words.split())
    assert answer.code == 0, answer.err
    assert expected in answer.out
    assert f" {shop.backup.url}" in answer.err.splitlines()[0]
    assert shop.tables() == (["one"] if words.startswith("schema apply") else [])


@pytest.mark.parametrize("name", REFUSED)
def test_what_only_the_registry_can_say_is_refused_and_nothing_is_done(shop: LonelyShop, name: str) -> None:
    words, expected = REFUSED[name]
    shop.keep_saved_plan("add_one", PENDING)
    if name == "migrate down":
        shop.shell.ok("migrate", "apply", "--env", "prod")
    before = (shop.tables(), shop.plans())
    answer = shop.shell(*words.split())
    assert (answer.code, answer.out) == (3 if "not served" in expected else 1, ""), answer.err
    assert expected in answer.err
    assert (shop.tables(), shop.plans()) == before


def test_a_way_down_is_shown_by_a_dry_run_only(shop: LonelyShop) -> None:
    shop.shell.ok("migrate", "apply", "--env", "prod")
    shown = shop.shell("migrate", "down", "--env", "prod", "--to-tag", "v0", "--dry-run")
    assert shown.code == 0
    assert "DROP TABLE `two`" in shown.out
    assert shop.tables() == ["one", "two"]


def test_a_plan_that_was_not_approved_is_not_run_from_a_backup(shop: LonelyShop) -> None:
    shop.keep_saved_plan("add_one", PENDING)
    for words in (("--auto-approve",), ()):
        refused = shop.shell("schema", "apply", "--env", "prod", "--plan", PLAN, *words)
        assert refused.code == 1
        assert f"is PENDING in {shop.backup.url}, and the registry cannot be asked" in refused.err
    assert shop.tables() == []
    looked = shop.shell("schema", "apply", "--env", "prod", "--plan", PLAN, "--dry-run")
    assert (looked.code, shop.tables()) == (0, [])


def test_a_plan_of_other_bytes_than_its_digest_is_not_run(shop: LonelyShop) -> None:
    shop.keep_saved_plan("add_one", APPROVED)
    [path] = (shop.shell.folder.parent / "backup").rglob("*.plan.hcl")
    path.write_text(path.read_text().replace("`id` integer NULL", "`id` integer NULL, `x` text NULL"))
    refused = shop.shell("schema", "apply", "--env", "prod", "--plan", PLAN, "--auto-approve")
    assert refused.code == 1
    assert "damaged" in refused.err
    assert shop.tables() == []


def test_a_pending_plan_is_not_approved_while_the_registry_is_away(shop: LonelyShop) -> None:
    shop.keep_saved_plan("add_one", PENDING)
    pushed = shop.shell("schema", "plan", "push", "--env", "prod", "--file", PLAN, "--auto-approve")
    assert pushed.code == 1
    assert "nothing was pushed" in pushed.err
    assert "PENDING" in pushed.err
    assert shop.plans() == [("add_one", PENDING)]


def test_nothing_is_taken_away_while_an_approved_plan_may_be_in_the_registry_alone(shop: LonelyShop) -> None:
    shop.fill("CREATE TABLE kept (id integer)")
    for words in (("--auto-approve",), ("--auto-approve", "--format", "{{ json . }}")):
        refused = shop.shell("schema", "apply", "--env", "prod", *words)
        assert refused.code == 1
        assert "takes away table main.kept" in refused.err
        assert "the registry may hold an approved plan that keeps it, and cannot be asked" in refused.err
        assert f"{shop.backup.url} has none" in refused.err
    assert shop.tables() == ["kept"]
    shown = shop.shell("schema", "apply", "--env", "prod", "--dry-run")
    assert (shown.code, "DROP TABLE `kept`" in shown.out) == (0, True)


def test_json_says_which_backup_answered(shop: LonelyShop) -> None:
    asked = ("--format", "{{ json . }}")
    source = {"Source": shop.backup.url, "SourceTime": AT}
    diff = ("schema", "diff", "--env", "local", "--from", "env://url", "--to", "atlas://shop")
    plan = json.loads(shop.shell.ok("schema", "plan", "--env", "prod", "--dry-run", *asked))
    applied = json.loads(shop.shell.ok("schema", "apply", "--env", "prod", "--dry-run", *asked))
    for told in (plan["Env"], applied, json.loads(shop.shell.ok(*diff, *asked))):
        assert {name: told[name] for name in source} == source
    inspect = ("schema", "inspect", "--env", "prod", "--url", "atlas://shop", "--format")
    assert shop.shell.ok(*inspect, "{{ .Source }} {{ .SourceTime }}") == f"{shop.backup.url} {AT}"
    local = ("schema", "diff", "--env", "local", "--from", "env://url", "--to", "file://schema.hcl")
    assert "Source" not in json.loads(shop.shell.ok(*local, *asked))


def test_json_of_lint_and_of_a_way_down_says_which_backup_answered(shop: LonelyShop) -> None:
    asked = ("--format", "{{ json . }}")
    source = {"Source": shop.backup.url, "SourceTime": AT}
    shop.shell.ok("migrate", "apply", "--env", "prod")
    lint = json.loads(shop.shell.ok("migrate", "lint", "--env", "prod", "--latest", "1", *asked))
    way_down = json.loads(shop.shell.ok("migrate", "down", "--env", "prod", "--dry-run", *asked))
    schema = json.loads(shop.shell.ok("schema", "lint", "--env", "prod", *asked))
    for told in (lint["Env"], way_down, schema):
        assert {name: told[name] for name in source} == source
    local = shop.shell.ok("schema", "lint", "--env", "local", "--url", "file://schema.hcl", *asked)
    assert "Source" not in json.loads(local)


def test_json_says_which_backup_a_plan_came_from(shop: LonelyShop) -> None:
    shop.keep_saved_plan("add_one", APPROVED)
    words = ("schema", "apply", "--env", "prod", "--plan", PLAN, "--format", "{{ json . }}")
    applied = json.loads(shop.shell.ok(*words, "--auto-approve"))
    assert applied["Plan"]["File"]["Source"] == shop.backup.url
    assert shop.tables() == ["one"]


def test_a_dead_registry_costs_a_run_and_a_push_little(shop: LonelyShop) -> None:
    """All retries of a request take 15 s: a run that has met the outage, or a push that a backup takes, waits for none."""

    def outage(address: str) -> tuple[list[Answer], float]:
        started = time.monotonic()
        words = ("migrate apply --env prod", "migrate push shop:v2 --env local", "schema push --env local")
        found = [shop.shell(*command.split(), ATLAS_CLOUD_URL=address) for command in words]
        return found, time.monotonic() - started

    (applied, pushed, schema), took_s = outage(FAR_AWAY)
    assert [applied.code, pushed.code, schema.code] == [0, 0, 0]
    assert shop.tables() == ["one", "two"]
    assert "the registry was not told of this run, which changes nothing for the database" in applied.err
    for answer in (pushed, schema):
        assert "did not take the push: " in answer.err
        assert "run 'atlas backup resync' when the registry is back" in answer.err
    _, without_waiting_s = outage(NOBODY_LISTENS)
    assert took_s < without_waiting_s + 14, "three commands waited as long as the retries of one request"


def test_an_organization_is_not_asked_for_longer_than_its_registry(shop: LonelyShop) -> None:
    project = shop.shell.folder / "atlas.hcl"
    project.write_text(project.read_text().replace('project = "shop"', 'project = "shop"\n    org = "acme"'))
    started = time.monotonic()
    applied = shop.shell("migrate", "apply", "--env", "prod", ATLAS_CLOUD_URL=FAR_AWAY)
    assert applied.code == 0, applied.err
    assert shop.tables() == ["one", "two"]
    assert time.monotonic() - started < 14


def test_the_plan_that_is_kept_is_the_one_that_was_saved(shop: LonelyShop) -> None:
    shop.keep_saved_plan("add_one", APPROVED)
    pulled = shop.shell.ok("schema", "plan", "pull", "--env", "prod", "--url", PLAN)
    assert pulled == (shop.shell.folder / "add_one.plan.hcl").read_text()
    loaded = shop.backup.content.load_index(shop.backup.key(SCHEMA, "shop"))
    assert loaded
    assert [plan.created_at for plan in loaded.index.plans] == [AT]
    assert ONE[0] in shop.shell.ok("migrate", "ls", "--env", "prod")
