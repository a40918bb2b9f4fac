"""Broken project files and command lines: each is told with a next step, and the next step cures it."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.broken.broken_case import BrokenCase, all_cases, with_placeholders
from tests.integration.cli.conftest import Shell

CASES = all_cases()
DOCUMENTED = {1, 3}
ENOUGH_CASES = 60
ENOUGH_SECRETS = 25


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_broken_input_is_told_and_cured(
    case: BrokenCase, atlas: Shell, placeholders: dict[str, str]
) -> None:
    secrets = {
        *case.canaries,
        *(placeholders[name] for name in ("token", "password") if name in placeholders),
    }
    answer = case.runs_in(atlas, placeholders)
    shown = answer.out + answer.err
    assert [secret for secret in secrets if secret in shown] == [], "a secret is shown"
    told = with_placeholders(answer, placeholders)
    assert (told.code, told.err, told.out) == (case.code, case.stderr, case.stdout)
    assert [word for word in case.cure.words if word not in told.err + told.out] == [], "no next step"
    cured = case.is_cured_in(atlas, placeholders)
    assert cured.code == case.cure.code, f"the next step does not cure: {cured.err}{cured.out}"
    assert [secret for secret in secrets if secret in cured.err] == [], "a secret is shown after the cure"


def test_every_case_has_a_code_and_a_cure_with_words() -> None:
    for case in CASES:
        assert case.code in DOCUMENTED, case.name
        assert (case.stderr + case.stdout).strip(), case.name
        assert not case.cure.is_empty, case.name
        assert case.cure.words, case.name


def test_there_are_enough_cases_topics_and_secrets() -> None:
    topics = Counter(case.name.partition("/")[0] for case in CASES)
    assert len(CASES) >= ENOUGH_CASES, topics
    assert sum(bool(case.canaries) for case in CASES) >= ENOUGH_SECRETS
