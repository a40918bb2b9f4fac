"""Backups from outside: pushes with and without a registry, and what a person and a program are told of them."""

from __future__ import annotations

import json

from tests.integration.registry.shop_with_backups import TWO, Shop, flip, shop

__all__ = ["shop"]


def test_a_push_reaches_the_registry_and_every_backup(shop: Shop) -> None:
    answer = shop.shell("migrate", "push", "shop:v1", "--env", "ci")
    assert (answer.code, answer.err) == (0, "")
    assert "/dirs/" in answer.out
    for number in (0, 1):
        index = shop.index(number)
        assert index["tags"]["v1"]["ordinal"] == 1
        assert "unsynced" not in index
        assert [path.name for path in shop.files(number)] == ["1_one.sql", "atlas.sum"]
    stored = shop.folder / "data" / "content" / "shop" / "directories" / "shop" / "index.json"
    of_registry = json.loads(stored.read_text())
    assert [version["digest"] for version in of_registry["versions"]] == [
        version["digest"] for version in shop.index(0)["versions"]
    ]


def test_a_deployment_by_tag_goes_on_while_the_registry_is_stopped(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.stop()
    answer = shop.shell("migrate", "apply", "--env", "prod")
    assert answer.code == 0, answer.err
    assert f"Served from {shop.backups[0].as_uri()} (age " in answer.err
    assert "did not answer: " in answer.err
    assert "`one`" in shop.tables()


def test_programs_are_told_which_source_answered(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    asked = ("migrate", "status", "--env", "prod", "--format", "{{ json . }}")
    assert "Source" not in json.loads(shop.shell.ok(*asked))["Env"]
    shop.stop()
    created_at = shop.index(0)["versions"][0]["createdAt"]
    told = json.loads(shop.shell.ok(*asked))["Env"]
    assert (told["Source"], told["SourceTime"]) == (shop.backups[0].as_uri(), created_at)
    applied = json.loads(shop.shell.ok("migrate", "apply", "--env", "prod", "--format", "{{ json . }}"))
    assert applied["Source"] == shop.backups[0].as_uri()


def test_a_token_that_is_refused_is_no_outage(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    answer = shop.shell("migrate", "apply", "--env", "prod", ATLAS_TOKEN="aci_wrong")
    assert answer.code == 1
    assert "Unauthorized" in answer.err
    assert "Served from" not in answer.err
    assert not (shop.shell.folder / "app.db").exists()


def test_a_flipped_byte_is_found_and_the_next_backup_is_used(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.stop()
    flip(shop.files(0)[0])
    answer = shop.shell("migrate", "apply", "--env", "prod")
    assert answer.code == 0, answer.err
    assert f"Served from {shop.backups[1].as_uri()}" in answer.err
    assert "`one`" in shop.tables()


def test_when_nobody_can_serve_it_the_error_names_everybody_and_nothing_is_touched(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.stop()
    for number in (0, 1):
        flip(shop.files(number)[0])
    answer = shop.shell("migrate", "apply", "--env", "prod")
    assert answer.code == 1
    assert 'nobody can serve "atlas://shop?tag=v1"' in answer.err
    assert "Connection refused" in answer.err
    for folder in shop.backups:
        assert f"{folder.as_uri()}: " in answer.err
    assert not (shop.shell.folder / "app.db").exists()


def test_a_push_without_a_registry_is_kept_marked_and_served_until_the_registry_has_it(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v0", "--env", "ci")
    shop.stop()
    shop.shell.write(TWO)
    answer = shop.shell("migrate", "push", "shop:v1", "--env", "ci")
    assert answer.code == 0, answer.err
    assert answer.out == "atlas://shop?tag=v1\n"
    assert answer.err.startswith("Warning: http://127.0.0.1:")
    assert "did not take the push: " in answer.err
    assert shop.index(0)["unsynced"] == shop.index(1)["unsynced"] == [{"ordinal": 2, "tag": "v1"}]
    shop.start()
    applied = shop.shell("migrate", "apply", "--env", "prod")
    assert applied.code == 0, applied.err
    assert "does not have it yet: " in applied.err
    assert "`two`" in shop.tables()
    unknown = shop.shell("migrate", "status", "--env", "prod", "--dir", "atlas://shop?tag=v9")
    assert unknown.code == 1
    assert 'tag "v9" of "shop" not found' in unknown.err
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    assert "unsynced" not in shop.index(0)
    status = shop.shell("migrate", "status", "--env", "prod")
    assert (status.code, status.err) == (0, "")


def test_a_backup_that_fails_is_a_warning(shop: Shop) -> None:
    shop.backups[0].write_text("a file where a folder should be")
    answer = shop.shell("migrate", "push", "shop:v1", "--env", "ci")
    assert answer.code == 0
    assert "/dirs/" in answer.out
    assert answer.err.startswith(f"Warning: {shop.backups[0].as_uri()} did not take the push: ")
    assert shop.index(1)["tags"]["v1"]["ordinal"] == 1


def test_a_push_that_nobody_takes_fails(shop: Shop) -> None:
    shop.stop()
    for folder in shop.backups:
        folder.write_text("a file where a folder should be")
    answer = shop.shell("migrate", "push", "shop:v1", "--env", "ci")
    assert (answer.code, answer.out) == (1, "")
    assert "nothing was pushed" in answer.err


def test_what_the_registry_refuses_is_in_no_backup(shop: Shop) -> None:
    answer = shop.shell("migrate", "push", "shop:v1", "--env", "ci", ATLAS_TOKEN="aci_wrong")
    assert answer.code == 1
    assert "Unauthorized" in answer.err
    assert not list(shop.backups[0].rglob("index.json"))


def test_a_schema_is_pushed_and_applied_without_a_registry(shop: Shop) -> None:
    pushed = json.loads(shop.shell.ok("schema", "push", "--env", "ci", "--format", "{{ json . }}"))
    assert pushed["Backups"] == [folder.as_uri() for folder in shop.backups]
    assert "Warnings" not in pushed
    shop.stop()
    again = shop.shell("schema", "push", "--env", "ci", "--tag", "v2", "--format", "{{ json . }}")
    told = json.loads(again.out)
    assert (again.code, told["URL"], told["Link"]) == (0, "atlas://shop?tag=v2", "")
    assert len(told["Warnings"]) == 1
    assert shop.index(0, "schemas")["unsynced"] == [{"ordinal": 1, "tag": "v2"}]
    applied = shop.shell("schema", "apply", "--env", "prod", "--auto-approve")
    assert applied.code == 0, applied.err
    assert f"Served from {shop.backups[0].as_uri()} (age " in applied.err
    assert f"Plans of {shop.backups[0].as_uri()}, " in applied.err
    assert "`one`" in shop.tables()


def test_a_plan_goes_to_the_backups_and_is_found_there(shop: Shop) -> None:
    shop.shell.ok("schema", "push", "--env", "ci")
    told = json.loads(
        shop.shell.ok(
            "schema",
            "plan",
            "--env",
            "prod",
            "--auto-approve",
            "--name",
            "add_one",
            "--format",
            "{{ json . }}",
        )
    )
    assert told["File"]["Backups"] == [folder.as_uri() for folder in shop.backups]
    assert [plan["name"] for plan in shop.index(0, "schemas")["plans"]] == ["add_one"]
    shop.stop()
    applied = shop.shell("schema", "apply", "--env", "prod", "--auto-approve")
    assert applied.code == 0, applied.err
    assert "pre-planned file add_one" in applied.out


def test_storage_takes_the_place_of_a_registry(shop: Shop) -> None:
    shop.stop()
    storage = (shop.folder / "storage").as_uri()
    nobody = {"ATLAS_TOKEN": "", "ATLAS_CLOUD_URL": ""}
    pushed = shop.shell("schema", "push", "--env", "own", "--tag", "v1", **nobody)
    assert (pushed.code, pushed.err) == (0, "")
    assert pushed.out.splitlines() == [
        "Schema: shop",
        "  -- Atlas URL: atlas://shop?tag=v1",
        f"  -- Registry URL: {storage}",
    ]
    applied = shop.shell(
        "schema", "apply", "--env", "own", "--to", "atlas://shop?tag=v1", "--auto-approve", **nobody
    )
    assert applied.code == 0, applied.err
    assert "`one`" in shop.tables("own.db")
    missing = shop.shell(
        "schema", "apply", "--env", "own", "--to", "atlas://shop?tag=v2", "--dry-run", **nobody
    )
    assert missing.code == 1
    assert 'tag "v2" of "shop" not found' in missing.err
