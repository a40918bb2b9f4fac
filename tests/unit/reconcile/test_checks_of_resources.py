"""A resource whose files ask the database something first: what its status says, and that it goes on by itself."""

from __future__ import annotations

from atlas.errors import Retry
from atlas.reconcile.conditions import Place, merged, settled
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed, Ready

from tests.fakes.reconcile import TARGET, World, resource_with

FILES = {
    "1_a.sql": "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);\n",
    "2_b.sql": "-- atlas:txtar\n\n-- checks.sql --\nSELECT EMPTY(a);\n-- migration.sql --\nDROP TABLE a;\n",
}
SPEC = {"url": TARGET, "dir": {"local": FILES}}


def test_a_check_that_does_not_hold_has_a_reason_of_its_own_and_is_tried_again() -> None:
    world = World()
    outcome = reconcile_migration(world.begin(resource_with(SPEC)))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry, outcome.pending) == ("CheckFailed", Retry.BACKOFF, 1)
    assert outcome.message == (
        'checks before version "2" did not hold (checks.sql of file "2_b.sql"): 1 of 1 checks failed (all have to be '
        'true): "SELECT EMPTY(a);": returned false; nothing of the file was run. Make them true and run again, or '
        "change the file where the check is wrong"
    )
    assert world.tables == {"a"}
    [ready] = [
        condition
        for condition in merged({}, settled(Place({}, 1, world.clock.now()), outcome, limit=20))["conditions"]
        if condition["type"] == "Ready"
    ]
    assert (ready["status"], ready["reason"]) == ("False", "CheckFailed")
    assert outcome.message in ready["message"]


def test_it_goes_on_once_the_data_is_right() -> None:
    world = World()
    reconcile_migration(world.begin(resource_with(SPEC)))
    world.targets.server.state.tables["a"].clear()
    outcome = reconcile_migration(world.begin(resource_with(SPEC)))
    assert isinstance(outcome, Ready)
    assert (outcome.version, world.tables) == ("2", set())
