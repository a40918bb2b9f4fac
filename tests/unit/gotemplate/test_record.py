"""Every template of the record renders, or fails, exactly as Go renders it or fails."""

from __future__ import annotations

import pytest
from atlas.errors import ParseError
from atlas.gotemplate import render

from tests.unit.gotemplate.record import Case, as_document, read_cases

CASES = read_cases()
TEXTS = [case for case in CASES if not case.fails]
FAILURES = [case for case in CASES if case.fails]


def name_of(case: Case) -> str:
    return f"{case.topic}: {case.template}"


@pytest.mark.parametrize("case", TEXTS, ids=name_of)
def test_a_template_renders_as_in_go(case: Case) -> None:
    assert render(case.template, as_document(case.data)) == case.expected


@pytest.mark.parametrize("case", FAILURES, ids=name_of)
def test_a_template_fails_as_in_go(case: Case) -> None:
    with pytest.raises(ParseError) as caught:
        render(case.template, as_document(case.data))

    assert str(caught.value) == case.expected
