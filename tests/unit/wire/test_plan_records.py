"""Plans in the index of a repository."""

from __future__ import annotations

from dataclasses import replace

import pytest
from atlas.errors import Conflict, NotFound, SpecError
from atlas.wire.contract import APPROVED, PENDING, SCHEMA
from atlas.wire.digest import Digest
from atlas.wire.index import RepositoryIndex
from atlas.wire.index_file import decode_index, encode_index
from atlas.wire.layout import RepositoryKey
from atlas.wire.plans import NewPlan, approve_plan, find_plan, record_plan, remove_plan
from atlas.wire.reference import PlanReference, checked_plan_name, parse_plan_reference

EMPTY = RepositoryIndex(RepositoryKey("acme", SCHEMA, "app"), 1, "App", "sqlite", "2026-01-01T00:00:00Z")
NEW = NewPlan(
    name="one",
    status=PENDING,
    current_hash="a",
    desired_hash="b",
    digest=Digest("sha256:" + "0" * 64),
    at="2026-01-02T00:00:00Z",
    by="ci",
)


def test_plans_are_part_of_the_index_and_older_indexes_have_none() -> None:
    index = approve_plan(record_plan(EMPTY, NEW), "one", at="2026-01-03T00:00:00Z", by="ann")
    assert decode_index(encode_index(index)) == index
    assert b"plans" not in encode_index(EMPTY)
    [plan] = index.plans
    assert (plan.number, plan.status, plan.created_by, plan.approved_by) == (1, "APPROVED", "ci", "ann")


def test_the_first_yes_is_the_one_that_is_kept() -> None:
    once = approve_plan(record_plan(EMPTY, NEW), "one", at="t1", by="ann")
    assert approve_plan(once, "one", at="t2", by="bob") == once
    assert record_plan(once, replace(NEW, status=APPROVED, at="t3", by="eve")) == once


def test_a_yes_to_other_bytes_is_no_yes() -> None:
    index = record_plan(EMPTY, NEW)
    assert approve_plan(index, "one", at="t", by="ann", digest=NEW.digest).plans[0].status == APPROVED
    with pytest.raises(Conflict, match="was to be approved: nothing was approved"):
        approve_plan(index, "one", at="t", by="ann", digest="sha256:" + "1" * 64)


def test_a_name_that_is_given_anew_waits_for_an_approval_of_its_own() -> None:
    approved = approve_plan(record_plan(EMPTY, NEW), "one", at="t1", by="ann")
    [again] = record_plan(
        remove_plan(approved, "one"), replace(NEW, digest=Digest("sha256:" + "1" * 64))
    ).plans
    assert (again.status, again.approved_at, again.approved_by) == (PENDING, "", "")


def test_plans_do_not_change_and_numbers_are_not_given_twice() -> None:
    index = record_plan(EMPTY, NEW)
    other = replace(NEW, digest=Digest("sha256:" + "1" * 64))
    with pytest.raises(Conflict, match="holds another migration"):
        record_plan(index, other)
    gone = remove_plan(index, "one")
    assert find_plan(gone, "one") is None
    assert record_plan(gone, other).plans[0].number == 2
    assert decode_index(encode_index(gone)) == gone
    for word in (lambda: remove_plan(gone, "one"), lambda: approve_plan(gone, "one", at="t", by="x")):
        with pytest.raises(NotFound, match='plan "one" of "app" not found'):
            word()


@pytest.mark.parametrize("url", ["atlas://app/plans/one", "atlas:app/plans/one", "atlas:///app/plans/one"])
def test_the_address_of_a_plan(url: str) -> None:
    assert parse_plan_reference(url) == PlanReference("app", "one")
    assert str(parse_plan_reference(url)) == "atlas://app/plans/one"


@pytest.mark.parametrize(
    "url",
    [
        "atlas://app",
        "atlas://app/plans/",
        "atlas:///plans/x",
        "https://app/plans/x",
        "atlas://a/plans/x?tag=y",
    ],
)
def test_other_addresses_are_none(url: str) -> None:
    with pytest.raises(SpecError, match="is not the address of a plan"):
        parse_plan_reference(url)


def test_names_of_plans() -> None:
    for name in ("20261126101112", "pr-42-YWFhYWE_", "a.b=c"):
        assert checked_plan_name(name) == name
    for name in ("", "a/b", "../x", ".x", "-x", "a b", "x" * 129, "ü"):
        with pytest.raises(SpecError, match="invalid name of a plan"):
            checked_plan_name(name)
