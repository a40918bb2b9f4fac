from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from atlas.errors import SpecError
from atlas.handlers.time_limit import time_limit
from atlas.project import load_all

LOOPS = "[for a in range(1000): [for b in range(1000): [for c in range(1000): a]]]"
SLOW = f'env "prod" {{\n url = join("", flatten({LOOPS}))\n}}'


def evaluate(text: str) -> None:
    load_all([("atlas.hcl", text)], env_name="prod", variables={}, environ={})


def test_a_project_file_that_would_take_for_ever_is_ended() -> None:
    begun_at = time.monotonic()
    with pytest.raises(SpecError, match=r"took more than 0\.05s to evaluate"), time_limit(0.05):
        evaluate(SLOW)
    assert time.monotonic() - begun_at < 5


def test_what_is_in_time_is_not_touched_and_the_trace_of_before_comes_back() -> None:
    before = sys.gettrace()
    with time_limit(5):
        evaluate('env "prod" {\n url = "x"\n}')
    assert sys.gettrace() is before


def test_other_threads_have_no_limit() -> None:
    begin = threading.Event()

    def count() -> int:
        begin.wait(10)
        return sum(int(str(number)) for number in range(1000))

    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(count)
        begin.set()
        with pytest.raises(SpecError), time_limit(0.01):
            evaluate(SLOW)
        assert found.result() == 499500


def test_clean_up_runs_to_its_end_after_the_limit() -> None:
    cleaned: list[int] = []

    def clean(number: int) -> None:
        cleaned.append(number)

    def work() -> None:
        try:
            evaluate(SLOW)
        finally:
            for number in range(3):
                clean(number)

    with pytest.raises(SpecError), time_limit(0.05):
        work()
    assert cleaned == [0, 1, 2]
