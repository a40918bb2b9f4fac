"""Answers held against their questions, and words of others on one line."""

from __future__ import annotations

from typing import Any

import pytest
from atlas.wire import any_make, operations
from atlas.wire.foreign import fault_of, one_line
from atlas.wire.operations import DEPLOYMENTS, DESCRIBE_DEPLOYMENT, DIR_STATE, REPOS, Operation

OPERATIONS = [
    value
    for module in (operations, any_make)
    for value in vars(module).values()
    if isinstance(value, Operation)
]
ODD: tuple[Any, ...] = ("x", 7, [7], True)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.field)
def test_every_operation_knows_its_shape(operation: Operation) -> None:
    assert fault_of(operation, None) == ""
    assert [fault_of(operation, odd).partition(":")[2][:9] for odd in ODD] == [" expected"] * 4
    assert [fault_of(operation, whole) for whole in ({}, [])].count("") == 1


def test_a_question_with_its_input_in_the_text_has_the_shape_of_its_selection() -> None:
    asked = any_make.with_values(DIR_STATE, {"slug": 'a"}) { x'}, "content")
    assert fault_of(asked, {"content": "x", "x": 5}) == ""
    assert fault_of(asked, {"content": 5}) == "dirState.content is a number: expected text"


@pytest.mark.parametrize(
    ("operation", "answer", "fault"),
    [
        (REPOS, {"repos": [{"id": 1, "databases": {"failed": 2}}], "pageInfo": {"total": 1}}, ""),
        (REPOS, {"repos": [{"id": "1"}], "colour": [5]}, ""),
        (REPOS, {"repos": [{}, {"databases": []}]}, "repos.repos[1].databases is a list: expected an object"),
        (REPOS, {"repos": [None]}, "repos.repos[0] is null: expected an object"),
        (REPOS, {"pageInfo": {"total": -1}}, "repos.pageInfo.total is a number: expected a whole number"),
        (REPOS, {"pageInfo": {"total": "5"}}, "repos.pageInfo.total is a text: expected a whole number"),
        (DEPLOYMENTS, {"deployments": [{"error": "x" * 5000}]}, ""),
        (DESCRIBE_DEPLOYMENT, {"targets": {}}, "describeDeployment.targets is an object: expected a list"),
    ],
)
def test_what_is_not_as_expected_is_named(operation: Operation, answer: object, fault: str) -> None:
    assert fault_of(operation, answer) == fault


@pytest.mark.parametrize(
    ("text", "shown"),
    [("plain ü", "plain ü"), ("a\nb\x1b[2J", r"a\nb\x1b[2J"), ("\u202e\u2028\ud800", r"\u202e\u2028\ud800")],
)
def test_words_of_others_are_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown
