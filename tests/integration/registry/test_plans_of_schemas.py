"""Plans in a registry: made, found, approved, removed, and still there when its database is lost."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest
from atlas.client.plans import (
    PlanQuery,
    StoredPlan,
    list_plans,
    plans_of_transition,
)
from atlas.errors import Conflict, Forbidden, NotFound, Rejected
from atlas.server.run import DataOptions
from atlas.server.store.audit import audit_log
from atlas.server.store.reindex import reindex
from atlas.wire.contract import APPROVED
from atlas.wire.operations import APPROVE_DECLARATIVE_PLAN
from atlas.wire.reference import PlanReference

from tests.integration.registry.conftest import PUBLIC_URL, Served, serving
from tests.integration.registry.plans_of_schemas import SQL, approve, digest, pull, push, remove
from tests.integration.registry.schemas import push as push_a_schema

if TYPE_CHECKING:
    from pathlib import Path

CREATE = (
    "mutation CreateDeclarativePlan($input: CreateDeclarativePlanInput!)"
    "{ CreateDeclarativePlan(input: $input) { link url } }"
)


def names(served: Served, **query: str) -> list[str]:
    with served.transport() as transport:
        return [plan.name for plan in list_plans(transport, PlanQuery(slug="app", **query))]


def actions(served: Served) -> list[str]:
    return [
        f"{entry.action} {entry.detail.split()[0]}"
        for entry in audit_log(served.registry, 1)
        if entry.action.startswith("plan.")
    ]


@pytest.fixture
def app(anywhere: Served) -> Served:
    """A registry with a schema that plans can be for."""
    push_a_schema(anywhere)
    return anywhere


def test_a_plan_comes_back_as_it_was_and_waits_for_an_approval(app: Served) -> None:
    made = push(app)
    assert made == StoredPlan(
        name="one",
        slug="app",
        status="PENDING",
        current_hash="aaa=",
        desired_hash="bbb=",
        migration=SQL,
        url="atlas://app/plans/one",
        link=f"{PUBLIC_URL}/schemas/1/plans/1",
    )
    assert pull(app) == made
    assert approve(app).status == "APPROVED"
    assert pull(app).status == "APPROVED"


def test_a_plan_is_found_by_what_it_leads_from_and_to(app: Served) -> None:
    push(app)
    push(app, "two", status=APPROVED)
    with app.transport() as transport:
        found = plans_of_transition(transport, "app", "aaa=", "bbb=")
        assert [(plan.name, plan.status) for plan in found] == [("one", "PENDING"), ("two", "APPROVED")]
        assert plans_of_transition(transport, "app", "aaa=", "ccc=") == ()
        assert plans_of_transition(transport, "other", "aaa=", "bbb=") == ()
    assert names(app) == ["one", "two"]
    assert names(app, status="PENDING") == ["one"]
    assert names(app, current_hash="aaa=", desired_hash="x") == []


def test_an_approval_holds_for_the_bytes_that_were_looked_at(app: Served) -> None:
    seen = digest(push(app))
    remove(app)
    push(app, sql="DROP TABLE `users`;\n")
    with pytest.raises(Conflict, match=f"atlas://app/plans/one is sha256:.*, and {seen} was to be approved"):
        approve(app, digest=seen)
    # Whoever does not look beforehand is told by the registry.
    fields = {"schemaSlug": "app", "name": "one", "digest": seen}
    with app.transport() as transport, pytest.raises(Conflict, match="nothing was approved"):
        transport.execute(APPROVE_DECLARATIVE_PLAN, {"input": fields})
    assert pull(app).status == "PENDING"
    assert approve(app, digest=digest(pull(app))).status == "APPROVED"


def test_each_word_may_be_said_twice_and_is_recorded_once(app: Served) -> None:
    first = push(app)
    assert push(app) == first
    approve(app)
    assert approve(app) == push(app) == pull(app)
    remove(app)
    with pytest.raises(NotFound, match='plan "one" of "app" not found'):
        remove(app)
    assert actions(app) == ["plan.create one", "plan.approve one", "plan.remove one"]


def test_a_push_may_approve_what_waits(app: Served) -> None:
    push(app)
    assert push(app, status=APPROVED).status == "APPROVED"
    assert push(app).status == "APPROVED"
    assert actions(app) == ["plan.create one", "plan.approve one"]


def test_a_name_keeps_its_statements(app: Served) -> None:
    push(app)
    with pytest.raises(Conflict, match='plan "one" of "app" exists and holds another migration'):
        push(app, sql="DROP TABLE users;\n")
    assert pull(app).migration == SQL


def test_a_number_is_never_given_twice(app: Served) -> None:
    push(app)
    remove(app)
    assert push(app, "two").link == f"{PUBLIC_URL}/schemas/1/plans/2"
    assert app.fetch("/schemas/1/plans/1")[0] == 404


def test_who_may_only_read_neither_makes_nor_approves_nor_removes(app: Served) -> None:
    push(app)
    reader = app.seen_by("acme", "read")
    assert pull(reader).name == "one"
    for word in (lambda: push(reader, "two"), lambda: approve(reader), lambda: remove(reader)):
        with pytest.raises(Forbidden):
            word()
    assert actions(app) == ["plan.create one"]


def test_another_project_sees_no_plan(app: Served) -> None:
    push(app)
    stranger = app.seen_by("other")
    for word in (lambda: pull(stranger), lambda: approve(stranger), lambda: push(stranger, "two")):
        with pytest.raises(NotFound):
            word()
    assert stranger.fetch("/schemas/1/plans/1")[0] == 404


def test_a_plan_needs_a_schema_a_name_and_statements(app: Served) -> None:
    with pytest.raises(NotFound, match="run 'atlas schema push other' first"):
        push(app, slug="other")
    with pytest.raises(Rejected, match="invalid name of a plan"):
        push(app, "a/b")
    given: dict[str, Any] = {
        "schemaSlug": "app",
        "name": "x",
        "fromHash": "a",
        "toHash": "b",
        "migration": "M",
    }
    for changed, words in (
        ({"migration": ""}, "migration is required"),
        ({"migration": " \n"}, "holds no statement"),
        ({"fromHash": None}, "fromHash is required"),
        ({"status": "DONE"}, 'invalid status "DONE"'),
        ({"name": 1}, "name must be a string"),
    ):
        status, answer = app.post(CREATE, {"input": {**given, **changed}})
        assert status == 422
        assert words in answer["errors"][0]["message"]
    assert names(app) == []


def test_the_words_of_other_clients_are_understood(app: Served) -> None:
    fields = {"schemaSlug": "app", "name": "x", "fromHash": "a", "toHash": "b", "migration": "M", "new": 1}
    status, answer = app.post(CREATE, {"input": fields})
    assert (status, answer["data"]) == (
        200,
        {"CreateDeclarativePlan": {"link": f"{PUBLIC_URL}/schemas/1/plans/1", "url": "atlas://app/plans/x"}},
    )
    query = "query($input: I) { DeclarativePlanByHashes: DeclarativePlanByHashes(input: $input) { id name status migration } }"
    _, answer = app.post(query, {"input": {"schemaSlug": "app", "fromHash": "a", "toHash": "b"}})
    assert answer["data"] == {
        "DeclarativePlanByHashes": [{"id": 1, "name": "x", "status": "APPROVED", "migration": "M"}]
    }
    query = "query($input: I) { DeclarativePlanByName(input: $input) { schemaSlug fromHash toHash } }"
    _, answer = app.post(query, {"input": {"schemaSlug": "app", "name": "x"}})
    assert answer["data"] == {"DeclarativePlanByName": {"schemaSlug": "app", "fromHash": "a", "toHash": "b"}}


def test_a_plan_is_a_plain_file_of_the_content_store(served: Served, tmp_path: Path) -> None:
    push_a_schema(served)
    push(served, sql="ALTER TABLE users ADD COLUMN email text;\n")
    [path] = (tmp_path / "data" / "content" / "acme" / "schemas" / "app" / "plans").iterdir()
    assert path.name.endswith(".plan.hcl")
    assert "ALTER TABLE users ADD COLUMN email text;" in path.read_text()


def test_plans_outlive_the_database(data: DataOptions, tmp_path: Path) -> None:
    with serving(data) as served:
        push_a_schema(served)
        push(served)
        push(served, "two", status=APPROVED)
        remove(served)
        kept = pull(served, PlanReference("app", "two"))
    copied = tmp_path / "copied"
    shutil.copytree(data.folder / "content", copied / "content")
    with serving(DataOptions(copied)) as restored:
        assert names(restored) == ["two"]
        assert pull(restored, PlanReference("app", "two")) == kept
        assert reindex(restored.registry) == 1
        assert names(restored) == ["two"]
        assert push(restored, "three").link.endswith("/plans/3")


def test_of_two_pushes_of_one_name_at_once_one_wins(app: Served) -> None:
    refused: list[str] = []

    def run(number: int) -> None:
        try:
            push(app, sql=f"SELECT {number};\n")
        except Conflict as conflict:
            refused.append(str(conflict))

    threads = [threading.Thread(target=run, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5
    assert names(app) == ["one"]
    assert actions(app) == ["plan.create one"]


def test_the_page_of_a_plan_says_what_a_reviewer_asks(app: Served) -> None:
    push(app, sql="DROP TABLE `<script>`;\n")
    status, _, body = app.fetch("/schemas/1/plans/1")
    page = body.decode()
    assert status == 200
    for words in (
        "<h1>Plan one</h1>",
        "PENDING",
        "aaa=",
        "bbb=",
        "by tests",
        "DROP TABLE `&lt;script&gt;`",
        f"atlas schema plan approve --url &#x27;atlas://app/plans/one&#x27; --digest {digest(pull(app))}",
    ):
        assert words in page
    assert "<script" not in page
    approve(app)
    page = app.fetch("/schemas/1/plans/1")[2].decode()
    assert "Approved" in page
    assert "atlas schema plan approve" not in page
    assert '<a href="/schemas/1/plans/1">one</a>' in app.fetch("/schemas/1")[2].decode()
    assert app.fetch("/schemas/1/plans/1", Authorization="")[0] == 401
    assert app.fetch("/schemas/1/plans/99999999999999999999")[0] == 404
