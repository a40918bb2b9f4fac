"""The lenient GraphQL door, with resolvers of its own."""

from __future__ import annotations

from typing import Any

import pytest
from atlas.errors import AtlasError, NotFound, Rejected, Unsupported
from atlas.server.graphql.execute import Answer, Request, Resolvers, execute


def refuse(_arguments: Any) -> Any:
    raise NotFound("nothing here: not found")


def explode() -> Any:
    raise AssertionError("this field was not asked for")


RESOLVERS = Resolvers(
    query={
        "me": lambda _: {"name": "ci", "org": "acme"},
        "echo": dict,
        "repos": lambda _: {"repos": [{"slug": "a"}, {"slug": "b", "driver": "MYSQL"}]},
        "lazy": lambda _: {"cheap": 1, "costly": explode, "late": lambda: {"x": 2}},
        "refuse": refuse,
    },
    mutation={"pushDir": lambda arguments: {"url": arguments["input"]["slug"]}},
)


def ask(query: str, name: str | None = None, **variables: Any) -> Answer:
    return execute(Request(query, variables, name), RESOLVERS)


def data(query: str, name: str | None = None, **variables: Any) -> Any:
    answer = ask(query, name, **variables)
    assert answer.failures == ()
    return answer.data


def failure(query: str, **variables: Any) -> AtlasError:
    [found] = ask(query, **variables).failures
    return found.error


def test_what_is_selected_is_answered() -> None:
    assert data("query Bot { me { org } }") == {"me": {"org": "acme"}}


def test_unknown_output_is_null() -> None:
    assert data("{ me { org plan { seats } } protectedFlows { migrateDown } }") == {
        "me": {"org": "acme", "plan": None},
        "protectedFlows": None,
    }


def test_typename_is_answered_everywhere() -> None:
    assert data("{ __typename repos { __typename repos { __typename } } }") == {
        "__typename": "Query",
        "repos": {"__typename": "Repos", "repos": [{"__typename": "Repos"}, {"__typename": "Repos"}]},
    }


def test_lists_are_shaped_item_by_item() -> None:
    assert data("{ repos { repos { slug driver } } }") == {
        "repos": {"repos": [{"slug": "a", "driver": None}, {"slug": "b", "driver": "MYSQL"}]}
    }


def test_aliases_rename_the_answer() -> None:
    assert data("{ who: me { from: org } }") == {"who": {"from": "acme"}}


def test_fragments_are_spread() -> None:
    query = "query { ...Q } fragment Q on Query { me { ...M ... on Bot { name } } } fragment M on Bot { org }"
    assert data(query) == {"me": {"org": "acme", "name": "ci"}}


def test_skip_and_include_are_obeyed() -> None:
    query = "query($t: Boolean) { me @skip(if: $t) { org } echo(a: 1) @include(if: $t) who: me @include(if: false) { org } }"
    assert data(query, t=True) == {"echo": {"a": 1}}


def test_variables_defaults_and_literals_reach_the_resolver() -> None:
    query = 'query($i: I, $d: Int = 7) { echo(input: $i, d: $d, e: MYSQL, o: {a: [1, "x", null]}) }'
    assert data(query, i={"slug": "s", "unknown": True}) == {
        "echo": {"input": {"slug": "s", "unknown": True}, "d": 7, "e": "MYSQL", "o": {"a": [1, "x", None]}}
    }


def test_a_variable_that_is_not_given_is_null() -> None:
    assert data("query($i: I) { echo(input: $i) }") == {"echo": {"input": None}}


def test_a_costly_field_is_computed_only_when_it_is_asked_for() -> None:
    assert data("{ lazy { cheap late { x } } }") == {"lazy": {"cheap": 1, "late": {"x": 2}}}


def test_a_mutation_is_answered() -> None:
    query = "mutation pushDir($input: PushDirInput!) { pushDir(input: $input) { url } }"
    assert data(query, input={"slug": "app"}) == {"pushDir": {"url": "app"}}


def test_an_unknown_mutation_is_refused_by_name() -> None:
    error = failure("mutation { pushSnapshot { url } }")
    assert isinstance(error, Unsupported)
    assert '"pushSnapshot"' in str(error)


def test_a_failed_field_is_null_with_its_path_and_the_others_are_answered() -> None:
    answer = ask("{ it: refuse { x } me { org } }")
    assert answer.data == {"it": None, "me": {"org": "acme"}}
    [found] = answer.failures
    assert (str(found.error), found.path) == ("nothing here: not found", ("it",))


def test_an_operation_is_chosen_by_its_name() -> None:
    query = "query A { me { org } } query B { echo(b: 1) }"
    assert data(query, "B") == {"echo": {"b": 1}}
    assert "expected one operation" in str(failure(query))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "nonsense",
        "{ me { org }",
        "fragment F on Q { me }",
        "{ ...Missing }",
        "{ ...F } fragment F on Query { ...F }",
        "{" + " a {" * 2_000 + " b" + " }" * 2_000 + " }",
        "{ " + "a " * 10_000 + "}",
    ],
    ids=["empty", "words", "open", "no operation", "missing", "cycle", "deep", "long"],
)
def test_what_cannot_be_understood_is_refused(query: str) -> None:
    assert isinstance(failure(query), Rejected)
