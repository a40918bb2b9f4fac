"""Long files begin first, and nothing else about the order is decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.order import SECONDS_A_TEST, longest_first, seconds_a_test

ROOT = Path(__file__).parents[2]


def of(file: str, count: int) -> list[str]:
    return [f"{file}::test_{number}" for number in range(count)]


def file_of(item: str) -> str:
    return item.partition("::")[0]


def test_a_file_of_few_long_tests_begins_before_one_of_many_short_tests() -> None:
    many, long = of("tests/unit/test_x.py", 400), of("tests/integration/kill/test_kills.py", 6)
    assert longest_first(many + long, file_of) == long + many


def test_short_files_come_last_and_the_rest_stays_as_it_was() -> None:
    short, medium, other = of("tests/unit/a.py", 3), of("tests/seed/b.py", 5), of("tests/seed/a.py", 9)
    assert longest_first(short + medium + other, file_of) == medium + other + short


def test_tests_of_a_file_stay_in_their_order() -> None:
    shuffled = of("tests/e2e/test_x.py", 20)[::-1]
    assert longest_first(shuffled, file_of) == shuffled


def test_the_longest_beginning_of_a_path_decides() -> None:
    assert seconds_a_test("tests/integration/kill/test_kills.py") == 20
    assert seconds_a_test("tests/integration/kill/test_ends.py") == 3
    assert seconds_a_test("tests/broken/test_x.py") == 0.2


@pytest.mark.parametrize("path", SECONDS_A_TEST)
def test_every_path_that_has_a_time_is_there(path: str) -> None:
    assert (ROOT / path).exists()
