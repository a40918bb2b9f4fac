"""Queries that are short and ask for more than there is time or room for."""

from __future__ import annotations

import pytest
from atlas.errors import Rejected
from atlas.server.graphql import bounds
from atlas.server.graphql.execute import Answer, Request, Resolvers, execute

RESOLVERS = Resolvers(
    query={"me": lambda _: {"name": "ci"}},
    mutation={},
)


def ask(query: str) -> Answer:
    return execute(Request(query, {}), RESOLVERS)


def refusal(query: str) -> str:
    [failure] = ask(query).failures
    assert isinstance(failure.error, Rejected)
    return str(failure.error)


def doubling(depth: int) -> str:
    spread = " ".join(f"fragment F{n} on X {{ ...F{n + 1} ...F{n + 1} }}" for n in range(depth))
    return f"{{ me {{ ...F0 }} }} {spread} fragment F{depth} on X {{ name }}"


@pytest.mark.parametrize("depth", [10, 40])
def test_fragments_that_double_are_not_spread_out(depth: int) -> None:
    assert refusal(doubling(depth)) == "the query asks for more than 1000 fields"


def test_fragments_that_name_themselves_are_not_spread_out() -> None:
    assert refusal("{ me { ...F } } fragment F on X { name ...F }") == "the query is nested too deeply"


def test_a_few_fragments_are_fine() -> None:
    assert ask(doubling(5)).data == {"me": {"name": "ci"}}


def test_many_things_at_once_are_refused_however_they_are_asked() -> None:
    asked = " ".join(f"a{number}: me {{ name }}" for number in range(21))
    assert refusal(f"{{ {asked} }}") == "the query asks more than 20 things at once"
    assert refusal(f"{{ ...F }} fragment F on Query {{ ... {{ {asked} }} }}") == (
        "the query asks more than 20 things at once"
    )
    assert ask("{ " + asked.rpartition("a20:")[0] + "}").failures == ()


def test_the_texts_of_an_answer_have_room_or_are_refused() -> None:
    room = bounds.Room(300)
    for _ in range(3):
        room.take("x" * 100)
    with pytest.raises(Rejected, match="the answer is longer than"):
        room.take("x")


def test_a_text_is_counted_each_time_it_is_read() -> None:
    large = "x" * (bounds.ANSWER_CHARS // 5)
    resolvers = Resolvers(query={"dirs": lambda _: [{"content": lambda: large}] * 3}, mutation={})
    assert execute(Request("{ dirs { content } }", {}), resolvers).failures == ()
    [failure] = execute(Request("{ dirs { a: content b: content } }", {}), resolvers).failures
    assert str(failure.error).startswith("the answer is longer than")


@pytest.mark.parametrize("field", ["error", "absent"])
def test_short_texts_and_keys_are_counted_too(field: str) -> None:
    targets = [{"error": "x" * 10_000}] * 1_000
    resolvers = Resolvers(query={"runs": lambda _: targets}, mutation={})
    assert execute(Request(f"{{ runs {{ {field} }} }}", {}), resolvers).failures == ()
    often = " ".join(f"{'a' * 10_000}{number}: {field}" for number in range(30))
    [failure] = execute(Request(f"{{ runs {{ {often} }} }}", {}), resolvers).failures
    assert str(failure.error).startswith("the answer is longer than")
