"""``atlas backup``: what lies in backups, whether it is whole, and how copies and the registry come together again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from atlas.server.run import DataOptions

from tests.integration.registry.conftest import directory, serving
from tests.integration.registry.shop_with_backups import TWO, Shop, flip, shop

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["shop"]


def test_what_lies_in_backups_is_listed(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.stop()
    shop.shell.ok("schema", "push", "--env", "ci")
    one, two = (folder.as_uri() for folder in shop.backups)
    lines = [
        "  shop/shop (directory, sqlite): 1 version, 1 tag",
        "  shop/shop (schema, sqlite): 1 version, 0 tags, 1 unsynced",
    ]
    assert shop.shell.ok("backup", "list", "--env", "ci").splitlines() == [one, *lines, two, *lines]
    assert shop.shell.ok("backup", "list", two).splitlines() == [two, *lines]
    nothing = shop.shell("backup", "list")
    assert nothing.code == 1
    assert "no backup is named" in nothing.err


def test_damage_is_found_and_mended(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    one, two = (folder.as_uri() for folder in shop.backups)
    assert shop.shell.ok("backup", "verify", "--env", "ci").splitlines() == [
        f"{one}: 1 repository, 1 version, 0 plans, 0 damaged",
        f"{two}: 1 repository, 1 version, 0 plans, 0 damaged",
    ]
    flip(shop.files(0)[0])
    damaged = shop.shell("backup", "verify", "--env", "ci")
    assert damaged.code == 1
    assert f"{one}: 1 repository, 1 version, 0 plans, 1 damaged" in damaged.out
    assert '  shop/shop: "1_one.sql" of version sha256:' in damaged.out
    assert shop.shell.ok("backup", "resync", "--env", "ci") == f"shop/shop: 1 version brought to {one}\n"
    shop.shell.ok("backup", "verify", "--env", "ci")


def test_what_only_one_backup_took_gets_to_the_other_and_to_the_registry(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v0", "--env", "ci")
    shop.shell.ok("schema", "push", "--env", "ci")
    shop.stop()
    shop.backups[1].rename(shop.folder / "away")
    shop.backups[1].write_text("a file where a folder should be")
    shop.shell.write(TWO)
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.shell.ok("schema", "push", "--env", "ci", "--tag", "s1")
    shop.shell.ok(
        *(
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
    shop.backups[1].unlink()
    (shop.folder / "away").rename(shop.backups[1])
    shop.start()
    done = shop.shell("backup", "resync", "--env", "ci")
    assert done.code == 0, done.out + done.err
    one, two = (folder.as_uri() for folder in shop.backups)
    assert f"shop/shop: 1 version brought to {two}" in done.out
    assert f"atlas://shop?tag=v1: brought to the registry from {one}" in done.out
    assert f"atlas://shop?tag=s1: brought to the registry from {one}" in done.out
    assert f"atlas://shop/plans/add_one: brought to the registry from {one}" in done.out
    for number in (0, 1):
        for kind in ("directories", "schemas"):
            assert not shop.index(number, kind).keys() & {"unsynced", "unsyncedPlans"}
    status = shop.shell("migrate", "status", "--env", "prod")
    assert (status.code, status.err) == (0, "")
    assert "add_one" in shop.shell.ok("schema", "plan", "list", "--env", "prod")
    assert shop.shell.ok("backup", "resync", "--env", "ci") == ""


def test_a_tag_that_was_moved_without_the_registry_is_moved_there(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:prod", "--env", "ci")
    shop.stop()
    shop.shell.write(TWO)
    shop.shell.ok("migrate", "push", "shop:prod", "--env", "ci")
    [mark] = shop.index(0)["unsynced"]
    assert mark == {"ordinal": 2, "tag": "prod", "over": shop.index(0)["versions"][0]["digest"]}
    shop.start()
    one = shop.backups[0].as_uri()
    assert (
        shop.shell.ok("backup", "resync", "--env", "ci")
        == f"atlas://shop?tag=prod: brought to the registry from {one}\n"
    )
    assert shop.registry
    held = shop.registry.seen_by("shop").pull("atlas://shop?tag=prod")
    assert held.digest == shop.index(0)["versions"][1]["digest"]
    assert "unsynced" not in shop.index(0)
    assert "unsynced" not in shop.index(1)


def test_a_later_push_to_the_registry_under_the_same_tag_wins_everywhere(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v0", "--env", "ci")
    shop.stop()
    shop.shell.write(TWO)
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.start()
    assert shop.registry
    seen = shop.registry.seen_by("shop")
    seen.push(directory(("1_other.sql", "SELECT 1;\n")), "shop", tag="v1")
    told = "atlas://shop?tag=v1: the registry has a later push there, which the backup has now too"
    assert shop.shell.ok("backup", "resync", "--env", "ci").splitlines() == [told, told]
    for number in (0, 1):
        index = shop.index(number)
        assert "unsynced" not in index
        meant = index["versions"][index["tags"]["v1"]["ordinal"] - 1]["digest"]
        assert meant == seen.pull("atlas://shop?tag=v1").digest
    shop.shell.ok("backup", "verify", "--env", "ci")
    assert shop.shell.ok("backup", "resync", "--env", "ci") == ""


def test_a_registry_is_restored_by_a_command(shop: Shop, tmp_path: Path) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.shell.ok("schema", "push", "--env", "ci")
    assert shop.registry
    before = shop.registry.seen_by("shop").pull("atlas://shop?tag=v1")
    shop.stop()
    shutil.rmtree(tmp_path / "data")
    printed = shop.shell.ok("backup", "restore", shop.backups[0].as_uri(), "--data", str(tmp_path / "data"))
    assert printed.splitlines() == [
        "shop/shop: 1 version brought",
        "shop/shop: 1 version brought",
        "Indexed 2 repositories.",
    ]
    with serving(DataOptions(tmp_path / "data")) as served:
        after = served.seen_by("shop").pull("atlas://shop?tag=v1")
    assert (after.digest, after.entries) == (before.digest, before.entries)


def test_a_damaged_version_is_not_restored_and_told(shop: Shop, tmp_path: Path) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.shell.ok("schema", "push", "--env", "ci")
    flip(shop.files(0)[0])
    answer = shop.shell("backup", "restore", shop.backups[0].as_uri(), "--data", str(tmp_path / "anew"))
    assert answer.code == 1
    assert "damaged" in answer.out
    assert "not everything could be restored" in answer.err
    assert "Indexed 1 repository." in answer.out
