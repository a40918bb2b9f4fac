"""A report that is told twice is one deployment: clients retry, and tell again what they were interrupted in telling."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.integration.registry.conftest import A
from tests.integration.registry.reports import ONE, SET, asked, listed, report, report_set

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Served


@pytest.mark.parametrize(
    ("mutation", "first", "again"),
    [
        (SET, report_set(report(1), report(2)), report_set(report(1), report(2))),
        (SET, report_set(report(1)), report_set(report(1), report(2), error="interrupted")),
        (ONE, report(), report()),
        (ONE, report(), report(log="told again with other words", atlasVersion="another")),
        (ONE, report(startTime=None), report(startTime=None)),
    ],
    ids=["the same set", "a set with its id", "the same run", "a run with its times", "a run without times"],
)
def test_what_is_told_twice_is_one_deployment_at_one_url(
    anywhere: Served, mutation: str, first: dict[str, object], again: dict[str, object]
) -> None:
    url = asked(anywhere, mutation, **first)["url"]
    anywhere.push(A)  # the first answer did not know of the directory, and stays what it was
    assert asked(anywhere, mutation, **again)["url"] == url
    assert len(listed(anywhere)) == 1


@pytest.mark.parametrize(
    "other",
    [
        report(2),
        report(endTime="2026-01-01T12:00:02Z"),
        report(startTime="2026-01-01T12:00:01Z"),
        report(dirName="other"),
        report(target={"id": "uuid-1", "schema": "other", "url": "postgres://db/tenant_1"}),
        report(dryRun=True),
        report(startTime=None, log="x"),
        report(target=None, log="x"),
    ],
)
def test_what_is_another_run_is_another_deployment(served: Served, other: dict[str, object]) -> None:
    asked(served, ONE, **report())
    asked(served, ONE, **other)
    assert len(listed(served)) == 2


def test_another_project_is_told_for_itself(served: Served) -> None:
    for seen in (served, served.seen_by("other")):
        for mutation, told in ((ONE, report()), (SET, report_set(report()))):
            asked(seen, mutation, **told)
        assert len(listed(seen)) == 2


def test_retries_that_meet_are_one_deployment(anywhere: Served) -> None:
    anywhere.push(A)
    with ThreadPoolExecutor(8) as pool:
        told = [pool.submit(asked, anywhere, SET, **report_set(report())) for _ in range(8)]
        told += [pool.submit(asked, anywhere, ONE, **report(2)) for _ in range(8)]
        assert {one.result()["url"] for one in told} == {"https://registry.example/dirs/1"}
    assert len(listed(anywhere)) == 2
