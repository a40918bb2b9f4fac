"""``schema plan`` is a command, and so are words behind it."""

from __future__ import annotations

import pytest
from atlas.cli.main import _find
from atlas.cli.render.plan_text import mismatch, several_plans
from atlas.engine.plan_file import Transition


@pytest.mark.parametrize(
    ("typed", "command", "rest"),
    [
        ("schema plan", "schema plan", ""),
        ("schema plan list --pending", "schema plan list", "--pending"),
        ("schema plan --env list", "schema plan", "--env list"),
        ("schema plan --pending --env x", "schema plan", "--pending --env x"),
        ("--env x schema plan rm --url u", "schema plan rm", "--env x --url u"),
        ("schema plan nosuch", "schema plan", "nosuch"),
        ("schema --dry-run plan validate", "schema plan validate", "--dry-run"),
    ],
)
def test_the_longest_command_is_meant(typed: str, command: str, rest: str) -> None:
    found, words = _find(typed.split())
    assert found is not None
    assert (" ".join(found.words), " ".join(words)) == (command, rest)


def test_the_words_that_clients_look_for() -> None:
    assert mismatch("From", "a=", "b=", "--from") == (
        'Abort: The plan "From" hash does not match the current state hash (passed with --from):\n\n'
        "  - a= (plan value)\n  + b= (current hash)\n"
    )
    assert several_plans(Transition("a", "b"), ["atlas://x/plans/1"]).startswith(
        "Abort: multiple pre-planned migrations were found in the registry for this schema transition.\n"
    )
