from __future__ import annotations

from docs import coverage


def test_every_change_of_every_kind_has_a_case_or_a_reason() -> None:
    assert coverage.unexplained() == []


def test_no_case_shows_a_change_that_the_page_does_not_know() -> None:
    known = {f"{kind.value} {change}" for kind in coverage.Kind for change in coverage.changes_of(kind)}
    assert {label for found in coverage.proved().values() for label in found} <= known


def test_a_reason_that_stands_for_nothing_is_taken_out() -> None:
    found = coverage.proved()
    labels = [
        f"{driver} {kind.value} {change}"
        for driver in coverage.DRIVERS
        for kind in coverage.Kind
        for change in coverage.changes_of(kind)
        if not found[driver][f"{kind.value} {change}"]
    ]
    used = {coverage.reason_pattern(label) for label in labels}
    assert set(coverage.REASONS) - used == set()


def test_the_page_is_that_of_the_cases() -> None:
    assert coverage.TARGET.read_text("utf-8") == coverage.page(), "run `make docs`"
