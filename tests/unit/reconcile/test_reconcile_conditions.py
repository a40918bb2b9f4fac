from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from atlas.errors import Retry
from atlas.reconcile.conditions import Place, failed_before, merged, progress, reconciling, settled, wait_s
from atlas.reconcile.outcome import (
    Contended,
    Failed,
    Gone,
    Ready,
    Rehashed,
    Source,
    Stopped,
    Suspended,
    Unchanged,
)
from atlas.reconcile.retries import counted, delay_s, is_terminal

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
APPLIED = Ready(version="2", applied_at_s=7, observed_hash="h", source=Source("local"))
BROKEN = Failed("Migrating", "boom", Retry.BACKOFF)
OUTAGE = Failed("ConnectFailed", "refused", Retry.AFTER)


def place(status: dict[str, object], generation: int = 1, now: datetime = NOW) -> Place:
    return Place(status, generation, now)


def after(
    status: dict[str, object], outcome: object, *, generation: int = 1, limit: int = 20
) -> dict[str, object]:
    return merged(status, settled(place(status, generation), outcome, limit))  # type: ignore[arg-type]  # any outcome


def states(status: dict[str, object]) -> dict[str, tuple[str, str]]:
    return {one["type"]: (one["status"], one["reason"]) for one in status["conditions"]}  # type: ignore[attr-defined]


def times(status: dict[str, object]) -> dict[str, str]:
    return {one["type"]: one["lastTransitionTime"] for one in status["conditions"]}  # type: ignore[attr-defined]


def test_ready_has_the_fields_of_the_go_operator() -> None:
    status = after({"observedGeneration": -1, "failed": 0}, APPLIED)
    assert status["lastAppliedVersion"] == "2"
    assert status["lastApplied"] == 7
    assert status["observed_hash"] == "h"
    assert status["observedGeneration"] == 1
    assert states(status) == {
        "Ready": ("True", "Applied"), "Reconciling": ("False", "Applied"), "Stalled": ("False", "Applied"),
    }  # fmt: skip


def test_the_same_end_twice_is_no_patch() -> None:
    status = after({}, APPLIED)
    assert settled(place(status, now=LATER), APPLIED, 20) == {}


def test_a_source_that_is_no_backup_any_more_names_what_is_to_be_removed_for_a_merge_patch_keeps_the_rest() -> (
    None
):
    away = replace(APPLIED, source=Source("file:///backup", "2026-01-02T03:04:05Z", "did not answer"))
    status = after({}, away)
    patch = settled(place(status), replace(APPLIED, source=Source("http://registry")), 20)
    assert patch["source"] == {"url": "http://registry", "pushedAt": None, "reason": None}
    assert merged(status, patch)["source"] == {"url": "http://registry"}


def test_work_that_begins_is_seen_before_it_is_done() -> None:
    status = merged({}, reconciling(place({}, generation=4)))
    assert states(status)["Ready"] == ("False", "Reconciling")
    assert states(status)["Reconciling"] == ("True", "Reconciling")
    assert status["observedGeneration"] == 4


def test_the_ready_message_is_exactly_reconciling_for_argo_cd() -> None:
    conditions = reconciling(place({}))["conditions"]
    assert conditions[0]["message"] == "Reconciling"  # type: ignore[index]


def test_a_transition_time_moves_with_the_status_of_its_condition_alone() -> None:
    ready = after({}, APPLIED)
    again = merged(ready, settled(place(ready, 2, LATER), APPLIED, 20))
    assert times(again) == times(ready)
    broken = merged(ready, settled(place(ready, 2, LATER), BROKEN, 20))
    assert times(broken)["Ready"] == "2026-01-02T04:04:05Z"
    assert times(broken)["Stalled"] == times(ready)["Stalled"]


def test_conditions_of_others_are_kept() -> None:
    theirs = {"type": "Theirs", "status": "True"}
    status = after({"conditions": [theirs]}, APPLIED)
    assert status["conditions"][-1] == theirs  # type: ignore[index]


def test_rehashing_writes_the_hash_alone() -> None:
    status = after({}, APPLIED)
    assert settled(place(status), Rehashed("other"), 20) == {"observed_hash": "other"}


@pytest.mark.parametrize("outcome", [Unchanged(), Unchanged("outage"), Contended(), Stopped(), Gone()])
def test_outcomes_that_say_nothing_write_nothing(outcome: object) -> None:
    status = after({}, APPLIED)
    assert settled(place(status, 2), outcome, 20) == {}  # type: ignore[arg-type]  # any outcome


def test_a_failure_is_reconciling_until_the_limit_and_stalled_after_it() -> None:
    status: dict[str, object] = {}
    seen = []
    for _ in range(4):
        status = after(status, BROKEN, limit=2)
        seen.append((status["failed"], states(status)["Reconciling"][0], states(status)["Stalled"][0]))
    assert seen == [(1, "True", "False"), (2, "True", "False"), (3, "False", "True"), (4, "False", "True")]


def test_a_terminal_failure_is_stalled_at_once() -> None:
    status = after({}, Failed("Unsupported", "no", Retry.NEVER))
    assert states(status)["Stalled"] == ("True", "Unsupported")


def test_an_outage_saturates_above_the_limit_and_is_never_stalled() -> None:
    status: dict[str, object] = {}
    for _ in range(5):
        status = after(status, OUTAGE, limit=2)
    assert failed_before(status) == 3
    assert states(status)["Stalled"][0] == "False"
    assert settled(place(status, now=LATER), OUTAGE, 2) == {}


def test_failures_are_counted_on_over_a_new_generation_and_forgotten_by_a_success() -> None:
    status = after(after({}, BROKEN), BROKEN)
    status = merged(status, reconciling(place(status, 2)))
    assert status["failed"] == 2
    status = after(status, APPLIED, generation=2)
    assert status["failed"] == 0


def test_work_after_a_success_forgets_old_failures() -> None:
    status = after({}, APPLIED) | {"failed": 3}
    assert merged(status, reconciling(place(status, 2)))["failed"] == 0


def test_progress_is_gone_when_the_work_ends() -> None:
    status = merged({}, progress(place({}), "1/2 files"))
    assert status["progress"] == "1/2 files"
    assert "progress" not in after(status, APPLIED)
    assert "progress" not in after(status, BROKEN)


def test_an_approval_url_of_another_operator_is_removed_by_a_success() -> None:
    assert settled(place({"approvalUrl": "x"}), APPLIED, 20)["approvalUrl"] is None


def test_a_suspended_resource_says_so_and_is_not_working() -> None:
    status = after({}, Suspended())
    assert states(status)["Ready"] == ("False", "Suspended")
    assert states(status)["Reconciling"][0] == "False"


def test_a_message_never_exceeds_what_the_api_server_takes() -> None:
    status = after({}, Failed("Migrating", "x" * 100_000, Retry.BACKOFF))
    assert len(status["conditions"][0]["message"]) == 32768  # type: ignore[index]


def test_delays_are_linear_up_to_the_limit() -> None:
    assert [delay_s(n, limit=2, retry=Retry.BACKOFF, chance=0) for n in (1, 2, 3)] == [5, 10, None]
    assert delay_s(100, limit=0, retry=Retry.BACKOFF, chance=0) == 500


def test_an_outage_is_looked_at_every_five_minutes_give_or_take_a_tenth() -> None:
    assert delay_s(2, limit=2, retry=Retry.AFTER, chance=0.5) == 10
    assert [delay_s(3, limit=2, retry=Retry.AFTER, chance=chance) for chance in (0, 0.5, 1)] == pytest.approx(
        [270, 300, 330]
    )
    assert delay_s(1, limit=0, retry=Retry.AFTER, chance=0) == 5
    assert delay_s(60, limit=0, retry=Retry.AFTER, chance=0.5) == pytest.approx(300)
    assert counted(60, limit=0, retry=Retry.AFTER) == 60


def test_a_count_that_is_beyond_the_ceiling_is_kept() -> None:
    assert counted(30, limit=20, retry=Retry.AFTER) == 30


def test_what_never_helps_is_never_tried() -> None:
    assert is_terminal(0, limit=0, retry=Retry.NEVER)
    assert wait_s({"failed": 1}, Failed("x", "y", Retry.NEVER), limit=20, chance=0) is None
