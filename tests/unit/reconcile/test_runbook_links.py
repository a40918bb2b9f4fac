"""Every reason sends people to its page, in a place that is the same at each look and that nothing cuts off."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from atlas.errors import AtlasError, Retry
from atlas.handlers.keys import Key
from atlas.handlers.turns.outcome import EVENT_MESSAGE_LIMIT, Event, StatusWriter
from atlas.reconcile.conditions import MESSAGE_LIMIT, Place, merged, ready_state, settled
from atlas.reconcile.outcome import Failed, Ready, Waiting, failed_by
from atlas.reconcile.runbook import Runbook

from tests.fakes.objects import FakeObjects
from tests.fakes.reconcile import resource_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.reconcile.outcome import Outcome

PAGES = Path(__file__).parents[3] / "docs" / "runbook"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
WIKI = Runbook("https://git.example.com/atlas/docs/runbook/")
SHOP = Key("AtlasMigration", "prod", "shop")


def family(of: type[AtlasError]) -> Iterator[type[AtlasError]]:
    for each in of.__subclasses__():
        yield each
        yield from family(each)


REASONS = sorted({each.reason for each in family(AtlasError)} | {"LintPolicyError", "FirstRunDestructive"})


def conditions_of(outcome: Outcome, runbook: Runbook, status: dict[str, object] | None = None) -> Any:
    before = status or {}
    return merged(before, settled(Place(before, 1, NOW, runbook), outcome, limit=20))


def events_of(outcome: Outcome, runbook: Runbook) -> tuple[Event, ...]:
    objects = FakeObjects()
    objects.put(SHOP, {})
    writer = StatusWriter(SHOP, resource_with({}), objects, lambda: NOW, runbook)
    return asyncio.run(writer.settle(outcome))


@pytest.mark.parametrize("reason", REASONS)
def test_a_failure_ends_with_the_page_of_its_reason_and_the_page_is_there(reason: str) -> None:
    outcome = Failed(reason, "it broke: mend it", Retry.BACKOFF)
    expected = f"it broke: mend it\nRead more: https://git.example.com/atlas/docs/runbook/{reason}.md"
    status = conditions_of(outcome, WIKI)
    assert ready_state(status) == (reason, expected)
    assert [event.message for event in events_of(outcome, WIKI)] == [expected]
    assert (PAGES / f"{reason}.md").is_file()


def test_a_second_failure_of_the_same_kind_moves_no_message() -> None:
    error = next(each for each in family(AtlasError) if each.reason == "NotFound")
    first = conditions_of(failed_by(error("no such tag")), WIKI)
    second = conditions_of(failed_by(error("no such tag")), WIKI, first)
    assert first["conditions"] == second["conditions"]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("docs/runbook/", "docs/runbook/NotFound.md"),
        ("https://git.example.com/runbook", "https://git.example.com/runbook/NotFound.md"),
        ("https://wiki.example.com/atlas#{reason}", "https://wiki.example.com/atlas#NotFound"),
        ("", ""),
    ],
)
def test_an_organisation_says_where_its_pages_are(base: str, expected: str) -> None:
    assert Runbook(base).page("NotFound") == expected
    line = f"\nRead more: {expected}" if expected else ""
    assert Runbook(base).ended("no such tag", "NotFound", 100) == f"no such tag{line}"


def test_of_a_message_that_is_too_long_the_page_stays() -> None:
    outcome = Failed("Migrating", "x" * (MESSAGE_LIMIT + 1), Retry.BACKOFF)
    message = ready_state(conditions_of(outcome, WIKI))[1]
    (event,) = events_of(outcome, WIKI)
    assert (len(message), len(event.message)) == (MESSAGE_LIMIT, EVENT_MESSAGE_LIMIT)
    assert message.endswith("/Migrating.md")
    assert event.message.endswith("/Migrating.md")


def test_words_that_health_checks_compare_stay_alone() -> None:
    status = conditions_of(Waiting("GettingDevDB", "waiting for a dev database"), WIKI)
    ready, reconciling, _ = status["conditions"]
    assert ready["message"] == "GettingDevDB"
    assert reconciling["message"].endswith("/GettingDevDB.md")


def test_good_news_sends_nobody_anywhere() -> None:
    outcome = Ready(version="1", applied_at_s=1, observed_hash="h")
    assert events_of(outcome, WIKI) == (Event(False, "Applied", "Version 1 applied"),)
    assert ready_state(conditions_of(outcome, WIKI)) == ("Applied", "")
