"""What only the registry took gets to the backups, and ``verify`` says what a backup lacks until then."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from atlas.wire.index_file import decode_index

from tests.integration.registry.conftest import directory
from tests.integration.registry.shop_with_backups import ONE, TWO, Shop, flip, shop

if TYPE_CHECKING:
    from atlas.wire.index import RepositoryIndex

__all__ = ["shop"]


def of_registry(shop: Shop, kind: str = "directories") -> RepositoryIndex:
    stored = shop.folder / "data" / "content" / "shop" / kind / "shop" / "index.json"
    return decode_index(stored.read_bytes())


def of_backup(shop: Shop, number: int, kind: str = "directories") -> RepositoryIndex:
    stored = shop.backups[number] / "shop" / kind / "shop" / "index.json"
    return decode_index(stored.read_bytes())


def without_backups(shop: Shop) -> None:
    """The env of somebody who pushes before backups are named."""
    project = (shop.shell.folder / "atlas.hcl").read_text()
    lines = [line for line in project.splitlines() if "backup =" not in line]
    (shop.shell.folder / "before.hcl").write_text("\n".join(lines))


def push_history(shop: Shop, *flags: str) -> None:
    """Three versions (the third is the first again), tags that moved, a schema and a plan."""
    shop.shell.write(ONE)
    shop.shell.ok("migrate", "push", "shop", "--env", "ci", *flags)
    shop.shell.write(TWO)
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci", *flags)
    shop.shell.ok("migrate", "push", "shop", "--env", "ci", *flags)
    shop.shell.write({"1_one.sql": ONE["1_one.sql"]})
    (shop.shell.folder / "migrations" / "2_two.sql").unlink()
    shop.shell.ok("migrate", "hash", "--env", "ci")
    shop.shell.ok("migrate", "push", "shop", "--env", "ci", *flags)
    shop.shell.ok("migrate", "push", "shop:v0", "--env", "ci", *flags)
    shop.shell.ok("schema", "push", "--env", "ci", "--tag", "s1", "--desc", "the first", *flags)
    plan = ("schema", "plan", "--env", "prod", "--pending", "--name", "add_one", *flags)
    shop.shell.ok(*plan)


def test_a_backup_that_is_named_later_gets_the_whole_history(shop: Shop) -> None:
    without_backups(shop)
    push_history(shop, "-c", "file://before.hcl")
    assert not shop.backups[0].exists()
    done = shop.shell("backup", "resync", "--env", "ci")
    assert done.code == 0, done.out + done.err
    assert f"shop/shop: the whole repository brought to {shop.backups[0].as_uri()}" in done.out
    for kind in ("directories", "schemas"):
        there = of_registry(shop, kind)
        assert there.versions
        for number in (0, 1):
            here = of_backup(shop, number, kind)
            assert (here.versions, here.tags, here.latest) == (there.versions, there.tags, there.latest)
            assert (here.plans, here.latest_moved_at) == (there.plans, there.latest_moved_at)
            assert (here.title, here.created_at, here.id) == (there.title, there.created_at, 0)
    assert len(of_backup(shop, 0).versions) == 3
    again = shop.shell("backup", "resync", "--env", "ci")
    assert (again.code, again.out, again.err) == (0, "", "Nothing is lacking.\n")
    shop.stop()
    served = shop.shell("migrate", "apply", "--env", "prod", "--dir", "atlas://shop?tag=v1")
    assert served.code == 0, served.err
    assert "`two`" in shop.tables()


def test_a_push_that_a_backup_missed_is_named_by_verify_and_brought_by_resync(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.backups[0].rename(shop.folder / "away")
    shop.backups[0].write_text("a file where a folder should be")
    shop.shell.write(TWO)
    missed = shop.shell("migrate", "push", "shop:v2", "--env", "ci")
    assert (missed.code, "did not take the push" in missed.err) == (0, True)
    shop.backups[0].unlink()
    (shop.folder / "away").rename(shop.backups[0])
    one, two = (folder.as_uri() for folder in shop.backups)
    found = shop.shell("backup", "verify", "--env", "ci")
    assert found.code == 1
    assert f"{one}: 1 repository, 1 version, 0 plans, 0 damaged, 2 lacking" in found.out
    assert '  shop/shop: lacks tag "v2" (the registry at http://127.0.0.1:' in found.out
    assert f"{two}: 1 repository, 2 versions, 0 plans, 0 damaged\n" in found.out
    assert "atlas backup resync" in found.err
    alone = shop.shell("backup", "verify", one, ATLAS_TOKEN="", ATLAS_CLOUD_URL="")
    assert alone.code == 0
    assert "Not compared with a registry: nobody is logged in to one" in alone.err
    shutil.rmtree(shop.backups[1])
    done = shop.shell("backup", "resync", "--env", "ci")
    assert done.code == 0, done.out + done.err
    assert f'shop/shop: tag "v2" brought to {one} from the registry' in done.out
    assert shop.shell.ok("backup", "verify", "--env", "ci").count("0 damaged\n") == 2


def test_damage_is_mended_from_the_registry_where_no_other_backup_can(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    for number in (0, 1):
        flip(shop.files(number)[0])
    done = shop.shell("backup", "resync", "--env", "ci")
    assert f"shop/shop: 1 damaged in {shop.backups[0].as_uri()}, mended from the registry" in done.out
    shop.shell.ok("backup", "verify", "--env", "ci")


def test_a_plan_that_is_approved_or_removed_in_the_registry_is_so_in_backups(shop: Shop) -> None:
    shop.shell.ok("schema", "push", "--env", "ci")
    for name in ("one", "two"):
        shop.shell.ok("schema", "plan", "--env", "prod", "--pending", "--name", name)
    shop.shell.ok("schema", "plan", "approve", "--env", "prod", "--url", "atlas://shop/plans/one")
    assert [plan.status for plan in of_backup(shop, 1, "schemas").plans] == ["APPROVED", "PENDING"]
    shop.shell.ok("schema", "plan", "rm", "--env", "prod", "--url", "atlas://shop/plans/one")
    assert [plan.name for plan in of_backup(shop, 0, "schemas").plans] == ["two"]
    without_backups(shop)
    nameless = ("-c", "file://before.hcl")
    url = "atlas://shop/plans/two"
    shop.shell.ok("schema", "plan", "approve", "--env", "prod", "--url", url, *nameless)
    found = shop.shell("backup", "verify", "--env", "ci")
    assert 'lacks plan "two" as APPROVED: it is PENDING here' in found.out
    shop.shell.ok("backup", "resync", "--env", "ci")
    assert [plan.status for plan in of_backup(shop, 0, "schemas").plans] == ["APPROVED"]
    shop.shell.ok("schema", "plan", "rm", "--env", "prod", "--url", url, *nameless)
    done = shop.shell.ok("backup", "resync", "--env", "ci")
    one = shop.backups[0].as_uri()
    assert f'plan "two" taken out of {one}: the registry has removed it' in done
    assert of_backup(shop, 0, "schemas").plans == of_backup(shop, 1, "schemas").plans == ()


def test_what_only_a_backup_has_stays_behind_what_the_registry_has(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shop.stop()
    shop.shell.write(TWO)
    shop.shell.ok("migrate", "push", "shop:v2", "--env", "ci")
    shop.start()
    assert shop.registry
    shop.registry.seen_by("shop").push(directory(("9_nine.sql", "SELECT 9;\n")), "shop", tag="v9")
    done = shop.shell("backup", "resync", "--env", "ci")
    assert done.code == 0, done.out + done.err
    for number in (0, 1):
        here, there = of_backup(shop, number), of_registry(shop)
        assert (here.versions, here.tags, here.unsynced) == (there.versions, there.tags, ())
    assert sorted(of_registry(shop).tags) == ["v1", "v2", "v9"]


def test_a_registry_that_is_away_is_left_out_and_told(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    shutil.rmtree(shop.backups[1])
    shop.stop()
    done = shop.shell("backup", "resync", "--env", "ci")
    assert done.code == 1
    assert f"shop/shop: 1 version brought to {shop.backups[1].as_uri()}" in done.out
    assert "Warning: the registry was left out: " in done.err
    assert "run this again later" in done.err
    unreached = shop.shell("backup", "verify", "--env", "ci")
    assert unreached.code == 0
    assert "Not compared with a registry: " in unreached.err


def test_only_the_repositories_that_are_named(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    assert shop.registry
    shop.registry.seen_by("shop").push(directory(("1_a.sql", "SELECT 1;\n")), "other", tag="v1")
    one = shop.backups[0].as_uri()
    assert shop.shell.ok("backup", "resync", one) == ""
    assert not (shop.backups[0] / "shop" / "directories" / "other").exists()
    done = shop.shell.ok("backup", "resync", one, "-c", "file://atlas.hcl", "--repo", "other")
    assert done == f"shop/other: the whole repository brought to {one} from the registry\n"
    shown = shop.shell.ok("backup", "list", one, "--repo", "other")
    assert shown.splitlines()[1:] == ["  shop/other (directory, sqlite): 1 version, 1 tag"]


def test_a_mistyped_address_or_name_is_told_with_what_is_near(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    near, typed = shop.backups[0].as_uri(), (shop.folder / "onne").as_uri()
    for command in ("list", "verify"):
        answer = shop.shell("backup", command, typed)
        assert answer.code == 1
        assert f"there is no backup at {typed}; near it is {near}" in answer.err
        assert "repo { backup = [ … ] }" in answer.err
    restored = shop.shell("backup", "restore", typed, "--data", str(shop.folder / "anew"))
    assert restored.code == 1
    assert f"there is no backup at {typed}; near it is {near}" in restored.err
    assert not (shop.folder / "anew").exists()
    resynced = shop.shell("backup", "resync", typed, ATLAS_TOKEN="", ATLAS_CLOUD_URL="")
    assert (resynced.code, "there is no backup at" in resynced.err) == (1, True)
    for command in ("list", "verify", "resync"):
        answer = shop.shell("backup", command, "--env", "ci", "--repo", "shpo")
        assert answer.code == 1
        assert 'repository "shpo" not found in ' in answer.err
        assert "; the nearest are shop" in answer.err
    assert not (shop.folder / "onne").exists()


def test_an_index_of_the_registry_is_told_to_those_of_its_project_only(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    assert shop.registry
    query = "query q($input: RepoIndexInput!) { repoIndex(input: $input) { index } }"
    wanted = {"input": {"type": "MIGRATION_DIRECTORY", "slug": "shop"}}
    status, told = shop.registry.seen_by("shop", "read").post(query, wanted)
    assert status == 200
    assert json.loads(told["data"]["repoIndex"]["index"])["tags"].keys() == {"v1"}
    _, refused = shop.registry.seen_by("others").post(query, wanted)
    assert 'repository "shop" not found' in refused["errors"][0]["message"]


def test_a_bucket_that_does_not_answer_keeps_no_other_back(shop: Shop) -> None:
    shop.shell.ok("migrate", "push", "shop:v1", "--env", "ci")
    one, two = (folder.as_uri() for folder in shop.backups)
    shutil.rmtree(shop.backups[1])
    dead = "s3://bucket?region=us-east-1&endpoint=http://127.0.0.1:9"
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    done = shop.shell("backup", "resync", one, dead, two, "-c", "file://atlas.hcl", "--repo", "shop", **keys)
    assert done.code == 1
    assert "Warning: left out: s3://bucket?region=us-east-1: " in done.err
    assert f"shop/shop: 1 version brought to {two}" in done.out
    listed = shop.shell("backup", "list", dead, two, **keys)
    assert (listed.code, two in listed.out) == (1, True)
    nobody = shop.shell("backup", "list", "s3://bucket?region=us-east-1", AWS_EC2_METADATA_DISABLED="true")
    assert nobody.code == 1
    assert nobody.out == "", "what to do about a token of the registry does not help with a bucket"
