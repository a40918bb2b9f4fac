"""Plans of a schema while the registry is out: found in a backup, proved, and never passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import (
    BackedUpPlans,
    Primary,
    Target,
    copy_of_plan,
    plan_to_copy,
    plans_or_fall_back,
    store_version,
)
from atlas.engine.plan_file import PlanFile, Transition, print_plan_file
from atlas.errors import Forbidden, Unavailable
from atlas.wire.contract import APPROVED, SCHEMA
from atlas.wire.layout import plan_key

from tests.fakes.backups import AT, NO_WAITING, FailingBucket, backup, schema_version
from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = PlanFile(name="add_t", current_hash="a", desired_hash="b", migration="CREATE TABLE t (id int);")
A_TO_B, B_TO_C = Transition("a", "b"), Transition("b", "c")


def out() -> str:
    raise Unavailable("gone")


def filled() -> tuple[MemoryBucket, Target]:
    bucket = MemoryBucket()
    target = backup(bucket)
    store_version(target, schema_version(), NO_WAITING)
    copy = copy_of_plan(plan_to_copy("app", PLAN, APPROVED, print_plan_file(PLAN).encode(), AT), NO_WAITING)
    copy.record(target, copy.stage(target), "stored")
    return bucket, target


def ask(*targets: Target, transition: Transition = A_TO_B) -> str | BackedUpPlans:
    backups = [_opened(each) for each in targets]
    return plans_or_fall_back(Primary("http://registry", out), backups, "app", transition)


def _opened(target: Target) -> Callable[[], Target]:
    return lambda: target


def test_a_plan_of_the_transition_is_found() -> None:
    found = ask(filled()[1])
    assert isinstance(found, BackedUpPlans)
    assert [(plan.file, plan.status) for plan in found.plans] == [(PLAN, APPROVED)]
    assert found.source == "file:///backup"


def test_a_plan_of_another_transition_is_not() -> None:
    found = ask(filled()[1], transition=B_TO_C)
    assert isinstance(found, BackedUpPlans)
    assert found.plans == ()


def test_a_damaged_plan_is_not_passed_over() -> None:
    bucket, target = filled()
    loaded = target.content.load_index(target.key(SCHEMA, "app"))
    assert loaded
    name = plan_key(loaded.index.key, loaded.index.plans[0].digest)
    bucket.put_if_unchanged(name, b"plan", etag=bucket.head(name))
    with pytest.raises(Unavailable, match=r"(?s)nobody can say which plans.*gone.*damaged"):
        ask(target)
    assert isinstance(ask(target, filled()[1]), BackedUpPlans)


def test_a_backup_without_the_schema_does_not_say_that_there_are_no_plans() -> None:
    with pytest.raises(Unavailable, match="nobody can say"):
        ask(backup(), backup(FailingBucket(MemoryBucket(), from_call=1)))


def test_a_registry_that_refuses_is_believed() -> None:
    def refuse() -> str:
        raise Forbidden("403")

    with pytest.raises(Forbidden):
        plans_or_fall_back(Primary("http://registry", refuse), [_opened(filled()[1])], "app", A_TO_B)
