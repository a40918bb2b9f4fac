"""A backup that lags behind what was applied: it takes nothing back, by whichever way a resource names its state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import VersionToCopy, store_version
from atlas.engine.directory import to_entries
from atlas.errors import Unavailable
from atlas.reconcile.outcome import Failed, Unchanged
from atlas.reconcile.ports import BackupRules, SchemaText
from atlas.wire.archive import Entry
from atlas.wire.contract import DIRECTORY, RegistryAddress
from atlas.wire.digest import digest_of

from tests.fakes.backed_up import OWN, S3, push_text
from tests.fakes.backups import AT, NO_WAITING
from tests.fakes.config import FakeConfig
from tests.fakes.directories import directory_with
from tests.fakes.schema_house import House, done, resource

if TYPE_CHECKING:
    from atlas.reconcile.resource import Resource

A, B = "CREATE TABLE a (id int);", "CREATE TABLE b (id int);"
NOT_READY = [{"type": "Ready", "status": "False"}]
ALLOWS = {"lint": {"destructive": {"error": False}}}


def state(*tables: str) -> str:
    return 'schema "public" {\n}\n' + "".join(
        f'table "{name}" {{\n  schema = schema.public\n}}\n' for name in tables
    )


def house() -> House:
    made = House()
    made.own_registry = RegistryAddress(OWN, "own-token")
    made.registry.error = Unavailable("http://registry cannot be reached: Connection refused")
    made.backup_rules = BackupRules(default=(S3,))
    made.config = FakeConfig().ports()
    return made


def by_file(src: str, status: dict[str, object] | None = None, generation: int = 1) -> Resource:
    """A resource whose project file names the state, and which lets drops happen."""
    config = f'env "prod" {{\n url = "{resource().spec["url"]}"\n schema {{\n src = "{src}"\n }}\n}}\n'
    return resource(status=status, generation=generation, config=config, envName="prod", policy=ALLOWS)


def push_directory(made: House, files: dict[str, str]) -> None:
    entries = tuple(Entry(name, content) for name, content in to_entries(directory_with(files)))
    version = VersionToCopy(type=DIRECTORY, slug="files", driver="postgres", entries=entries, name="", at=AT)
    store_version(made.backups.open(S3, None, "default"), version, NO_WAITING)


@pytest.mark.parametrize("is_ready", [True, False])
def test_a_directory_of_which_a_backup_lacks_the_last_push_takes_nothing_back(*, is_ready: bool) -> None:
    made = house()
    push_directory(made, {"1_a.sql": A, "2_b.sql": B})
    status = made.after(by_file("atlas://files"), done(made.reconcile(by_file("atlas://files"))))
    made.backups.targets.clear()
    push_directory(made, {"1_a.sql": A})
    status = status if is_ready else {**status, "conditions": NOT_READY}
    outcome = made.reconcile(by_file("atlas://files", status))
    assert isinstance(outcome, Unchanged if is_ready else Failed)
    assert made.tables == {"a", "b"}


def test_a_tag_that_a_backup_has_where_it_was_before_takes_nothing_back_from_a_resource_that_failed() -> None:
    made = house()
    wanted = "atlas://shop?tag=prod"
    whole = state("one", "two")
    error, made.registry.error = made.registry.error, None
    digest = digest_of([Entry("schema.hcl", whole.encode())])
    made.registry.schemas[wanted] = SchemaText(whole, digest, "postgres")
    status = made.after(by_file(wanted), done(made.reconcile(by_file(wanted))))
    made.registry.error = error
    push_text(made, state("one"), "prod")
    push_text(made, whole, "next")
    outcome = made.reconcile(by_file(wanted, {**status, "conditions": NOT_READY}))
    assert isinstance(outcome, Failed)
    assert "never takes a database back" in outcome.message
    assert made.tables == {"one", "two"}


def test_what_an_earlier_version_of_the_operator_applied_is_not_taken_back() -> None:
    made = house()
    push_text(made, state("one", "two"))
    status = made.after(by_file("atlas://shop"), done(made.reconcile(by_file("atlas://shop"))))
    del status["pushedState"]
    made.backups.targets.clear()
    push_text(made, state("one"))
    outcome = made.reconcile(by_file("atlas://shop", status))
    assert isinstance(outcome, Unchanged)
    assert "never takes a database back" in outcome.doubt
    assert made.tables == {"one", "two"}


def test_nothing_is_dropped_for_an_older_tag_while_nobody_can_say_that_it_is_the_last_word() -> None:
    made = house()
    push_text(made, state("one"), "v1")
    push_text(made, state("one", "two"), "v2")
    status = made.after(by_file("atlas://shop?tag=v2"), done(made.reconcile(by_file("atlas://shop?tag=v2"))))
    outcome = made.reconcile(by_file("atlas://shop?tag=v1", status, 2))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, made.tables) == ("Unavailable", {"one", "two"})
    assert "may lack what was pushed last" in outcome.message


def test_a_repository_of_strangers_in_the_default_project_is_not_taken_for_that_of_another_backup() -> None:
    made = house()
    second = "s3://b/second"
    made.backup_rules = BackupRules(default=(S3, second))
    push_text(made, state("strangers"))
    push_text(made, state("ours"), url=second, project="team")
    wanted = replace(
        by_file("atlas://shop"), spec={**by_file("atlas://shop").spec, "cloud": {"project": "team"}}
    )
    outcome = done(made.reconcile(wanted))
    assert outcome.source is not None
    assert (outcome.source.url, made.tables) == (second, {"ours"})
