"""Flags of ``atlas operator run`` that make no sense are told before anything starts."""

from __future__ import annotations

import pytest
from atlas.cli.commands.operator import run as operator_run
from atlas.cli.context import Context
from atlas.cli.flags.parser import Parser
from atlas.errors import UsageError
from atlas.handlers.door import _namespace_tokens
from atlas.settings import settings_from


def run(*flags: str) -> int:
    parser = Parser(("operator", "run"), "")
    operator_run.define(parser)
    return operator_run.run(parser.read(flags), Context(settings_from({}), {}))


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--connections-per-server", "0"), "--connections-per-server must be a whole number above 0"),
        (("--connections-per-server=all",), "--connections-per-server must be a whole number above 0"),
        (("--namespace-token-required",), "--namespace-token-required needs --namespace-token-secret"),
        (("--namespace-project", "north"), '--namespace-project is "north": expected namespace=project'),
        (("--namespace-project", "=north"), "expected namespace=project"),
        (("--namespace-project", "north="), "expected namespace=project"),
        (("--namespace-token-secret", "s", "--namespace-token-key="), "--namespace-token-key"),
        (("--concurrency", "0"), "--concurrency must be a whole number above 0"),
        (("--once",), "--once needs --standalone"),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_the_flag(flags: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run(*flags)


def test_the_help_says_what_a_flag_is_when_it_is_not_given_and_which_may_be_given_again() -> None:
    parser = Parser(("operator", "run"), "")
    operator_run.define(parser)
    help_of = {action.dest: action.help or "" for action in parser.actions}
    for name, default in (
        ("metrics_bind_address", ":8080"),
        ("health_probe_bind_address", ":8081"),
        ("concurrency", "64"),
        ("grace_period", "25"),
        ("log_level", "info, with --standalone error"),
    ):
        assert help_of[name].endswith(f"(default {default})")
    again = {name for name, text in help_of.items() if "may be given several times" in text}
    assert again == {action.dest for action in parser.actions if action.default == []}


def test_projects_of_namespaces_become_a_table() -> None:
    flags = {
        "namespace_token_secret": "atlas-token",
        "namespace_token_key": "token",
        "namespace_token_required": "",
    }
    tokens = _namespace_tokens(flags, ["north=acme", "south=a=b"])
    assert dict(tokens.projects) == {"north": "acme", "south": "a=b"}
    assert (tokens.secret, tokens.key, tokens.is_required) == ("atlas-token", "token", False)
