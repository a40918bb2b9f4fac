"""The report of test cases as text."""

from __future__ import annotations

import pytest
from atlas.cli.render.case_text import case_text, end_text
from atlas.engine.testing import CaseResult, Verdict


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0s"),
        (0.0000004, "400ns"),
        (0.0003789, "378µs"),
        (0.000999999, "999µs"),
        (0.0041, "4ms"),
        (0.9999, "999ms"),
        (1.234, "1.23s"),
        (75.5, "1m15.5s"),
    ],
)
def test_durations_are_told_in_whole_units(seconds: float, text: str) -> None:
    assert case_text(CaseResult("a", Verdict.PASS, seconds)) == f"-- PASS: a ({text})\n"


def test_notes_stand_below_their_case_with_all_their_lines() -> None:
    result = CaseResult("a/1", Verdict.FAIL, 0.001, ("f:2: told", "f:3: exec: no\n    SELECT 1\n\n    x"))
    assert case_text(result) == (
        "-- FAIL: a/1 (1ms)\n    f:2: told\n    f:3: exec: no\n        SELECT 1\n\n        x\n"
    )


def test_a_skipped_case_has_no_duration() -> None:
    assert case_text(CaseResult("a", Verdict.SKIP)) == "-- SKIP: a\n"


def test_the_last_word_is_that_of_all_cases() -> None:
    assert (end_text(has_failed=False), end_text(has_failed=True)) == ("PASS\n", "FAIL\n")
