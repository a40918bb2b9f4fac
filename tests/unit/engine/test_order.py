from __future__ import annotations

import pytest
from atlas.engine.order import Cycle, closure, topological


def test_what_is_needed_comes_first_and_the_rest_stays_in_order() -> None:
    assert topological(("view", "a", "table", "b"), [("view", "table")]) == ("a", "table", "view", "b")


def test_pairs_with_strangers_and_with_oneself_say_nothing() -> None:
    assert topological(("a", "b"), [("a", "stranger"), ("stranger", "b"), ("a", "a")]) == ("a", "b")


def test_a_circle_is_named_without_what_stands_outside_of_it() -> None:
    with pytest.raises(Cycle) as caught:
        topological(("a", "b", "c"), [("a", "b"), ("b", "a")])
    assert caught.value.nodes == ("a", "b")


def test_a_thousand_links_are_no_recursion() -> None:
    nodes = tuple(range(5000))
    assert topological(nodes, [(n, n + 1) for n in nodes[:-1]]) == nodes[::-1]


def test_everything_that_needs_a_seed_is_found_however_far() -> None:
    pairs = [("view", "table"), ("view of view", "view"), ("other", "elsewhere")]
    assert closure(["table"], pairs) == {"table", "view", "view of view"}
