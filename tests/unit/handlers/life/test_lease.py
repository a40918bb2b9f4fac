"""The election: who holds the lease, for how long, and by whose clock."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from atlas.errors import Conflict, NotFound, Unavailable
from atlas.handlers.life.lease import RENEW_WITHIN_S, Election


class Leases:
    """The one Lease at an API server, with optimistic concurrency."""

    def __init__(self) -> None:
        self.lease: dict[str, Any] | None = None
        self.version = 0
        self.down = False

    async def request(self, method: str, _path: str, *, body: Any = None) -> dict[str, Any]:
        if self.down:
            raise Unavailable("no answer")
        if method == "GET":
            if self.lease is None:
                raise NotFound("no lease")
            return self.lease
        if method == "POST" and self.lease is not None:
            raise Conflict("exists")
        if method == "PUT" and body["metadata"].get("resourceVersion") != str(self.version):
            raise Conflict("changed")
        self.version += 1
        self.lease = body | {"metadata": body["metadata"] | {"resourceVersion": str(self.version)}}
        return self.lease


class Time:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def candidate(leases: Leases, time: Time, name: str, **more: Any) -> Election:
    return Election(leases, namespace="ops", name="5220c287.atlasgo.io", identity=name, now=time, **more)  # type: ignore[arg-type]


def test_one_of_two_holds_the_lease_until_it_lets_go() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()
        first, second = candidate(leases, time, "first"), candidate(leases, time, "second")
        assert await first._try_to_hold()
        assert not await second._try_to_hold()
        assert await first._try_to_hold()
        await first.release()
        assert await second._try_to_hold()
        assert not await first._try_to_hold()

    asyncio.run(work())


def test_a_dead_holder_is_followed_after_the_duration_by_ones_own_clock() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()
        first, second = candidate(leases, time, "first"), candidate(leases, time, "second")
        await first._try_to_hold()
        assert not await second._try_to_hold()
        time.at = 14.5
        assert await second._try_to_hold()
        assert leases.lease is not None
        assert leases.lease["spec"]["leaseTransitions"] == 1

    asyncio.run(work())


def test_whoever_waits_asks_the_moment_a_lost_holder_has_run_out() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()

        async def pass_time(seconds: float) -> None:
            time.at += seconds

        await candidate(leases, time, "first")._try_to_hold()
        time.at = 0.9  # seen as late as can be
        await candidate(leases, time, "second", sleep=pass_time).win(lambda _: None)
        assert 14.9 < time.at < 15.0

    asyncio.run(work())


def test_a_holder_that_renews_is_not_followed() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()
        first, second = candidate(leases, time, "first"), candidate(leases, time, "second")
        await first._try_to_hold()
        for _ in range(5):
            assert not await second._try_to_hold()
            time.at += 10
            await asyncio.sleep(0.001)  # renewTime is a wall clock; the record must differ
            await first._try_to_hold()
        assert not await second._try_to_hold()

    asyncio.run(work())


def test_a_holder_that_cannot_renew_stops_before_others_may_begin() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()

        async def pass_time(seconds: float) -> None:
            time.at += seconds

        first = candidate(leases, time, "first", sleep=pass_time)
        await first._try_to_hold()
        leases.down = True
        warnings: list[str] = []
        await first.keep(warnings.append)
        assert time.at < 14
        assert "no answer" in warnings[0]

    asyncio.run(work())


def test_a_renewal_that_nobody_answered_says_so() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()

        async def pass_time(seconds: float) -> None:
            time.at += seconds

        async def nobody(*_: object, **__: object) -> dict[str, Any]:
            raise TimeoutError

        first = candidate(leases, time, "first", sleep=pass_time)
        await first._try_to_hold()
        leases.request = nobody  # type: ignore[method-assign]
        warnings: list[str] = []
        await first.keep(warnings.append)
        assert warnings[0].endswith("was not renewed: no answer in time")

    asyncio.run(work())


def test_a_holder_counts_from_when_it_asked_for_others_saw_the_lease_before_the_answer_came() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()

        async def pass_time(seconds: float) -> None:
            time.at += seconds

        first = candidate(leases, time, "first", sleep=pass_time)
        await first._try_to_hold()
        answered = leases.request

        async def slow(method: str, path: str, *, body: Any = None) -> dict[str, Any]:
            found = await answered(method, path, body=body)
            if method == "PUT":
                time.at += 7
                leases.down = True
            return found

        leases.request = slow  # type: ignore[method-assign]
        await first.keep(lambda _: None)
        assert time.at <= 2 + RENEW_WITHIN_S

    asyncio.run(work())


def test_time_between_winning_and_keeping_counts() -> None:
    async def work() -> None:
        leases, time = Leases(), Time()

        async def pass_time(seconds: float) -> None:
            time.at += seconds

        first = candidate(leases, time, "first", sleep=pass_time)
        await first.win(lambda _: None)
        time.at += 20  # long enough for another one
        leases.down = True
        await first.keep(lambda _: None)
        assert time.at == 20

    asyncio.run(work())


@pytest.mark.parametrize("answer_s", [0.0, 1.4, 1.9])
def test_a_holder_whose_renewals_fail_slowly_stops_in_time_for_its_runs_to_end(answer_s: float) -> None:
    async def work() -> None:
        leases, time = Leases(), Time()

        async def pass_time(seconds: float) -> None:
            time.at += seconds

        first = candidate(leases, time, "first", sleep=pass_time)
        await first._try_to_hold()
        leases.down = True
        await first.keep(lambda _: setattr(time, "at", time.at + answer_s))
        assert time.at <= RENEW_WITHIN_S + answer_s

    asyncio.run(work())
