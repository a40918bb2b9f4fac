"""What GitOps tools say of every outcome that a pass may have, with every reason: the words of the pages, and no others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from atlas.errors import ApprovalPending, AtlasError, Retry
from atlas.reconcile import conditions, dev_pod
from atlas.reconcile.conditions import Place
from atlas.reconcile.outcome import (
    Contended,
    Failed,
    Ready,
    SchemaReady,
    Source,
    Stopped,
    Suspended,
    Unchanged,
    Waiting,
)

from tests.clients import gitops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.reconcile.outcome import Outcome

NOW = datetime(2026, 1, 2, tzinfo=UTC)
LIMIT = 2
AT_WORK, GAVE_UP = "at work", "gave up"
AGAIN = "failed, and is tried again"
WAITS = {(ApprovalPending.reason, ApprovalPending.retry.value)}
"""Of a resource this is no failure: it waits."""
DONE = {
    "AtlasMigration": Ready(version="2", applied_at_s=7, observed_hash="h", source=Source("local")),
    "AtlasSchema": SchemaReady(observed_hash="h", schema_hash="s", applied_at_s=7, message="applied"),
}


def errors(root: type[AtlasError] = AtlasError) -> Iterator[type[AtlasError]]:
    yield root
    for child in root.__subclasses__():
        yield from errors(child)


class Resource:
    """A resource whose status is written as the operator writes it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.generation = 1
        self.status: dict[str, object] = {"observedGeneration": -1}
        self._patch(conditions.reconciling(self._place()))

    def after(self, outcome: Outcome) -> dict[str, Any]:
        self._patch(conditions.settled(self._place(), outcome, LIMIT))
        return self.shown()

    def shown(self) -> dict[str, Any]:
        """As the API server gives it."""
        metadata = {"name": "app", "namespace": "default", "generation": self.generation}
        return {
            "apiVersion": "db.atlasgo.io/v1alpha1", "kind": self.kind, "metadata": metadata, "status": self.status,
        }  # fmt: skip

    def _place(self) -> Place:
        return Place(self.status, self.generation, NOW)

    def _patch(self, patch: dict[str, object]) -> None:
        self.status = conditions.merged(self.status, patch)


def failures(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every reason after its first failure and after many, and the state that it is then in."""
    for reason, retry in sorted({(error.reason, error.retry.value) for error in errors()} - WAITS):
        resource, outcome = Resource(kind), Failed(reason, "boom", Retry(retry))
        yield (GAVE_UP if outcome.retry is Retry.NEVER else AGAIN), resource.after(outcome)
        for _ in range(LIMIT):
            last = resource.after(outcome)
        yield (AGAIN if outcome.retry is Retry.AFTER else GAVE_UP), last


def others(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield AT_WORK, Resource(kind).shown()
    yield AT_WORK, Resource(kind).after(Contended())
    yield AT_WORK, Resource(kind).after(Stopped())
    yield "suspended", Resource(kind).after(Suspended())
    waits = Waiting(dev_pod.GETTING, "waiting for dev database to be ready: no pods found")
    yield "waits for a dev database of its own", Resource(kind).after(waits)
    if kind == "AtlasSchema":
        plan = Waiting("ApprovalPending", "a person has to", plan_url="atlas://app/plans/1", plan_link="page")
        yield "waits for an approval", Resource(kind).after(plan)
    yield "done", Resource(kind).after(DONE[kind])
    away = Resource(kind)
    away.after(DONE[kind])
    yield "done, and the database or the registry is away", away.after(Unchanged("it does not answer"))
    away.generation += 1
    yield "changed, and no operator has seen the change", away.shown()
    deleted = away.shown()
    deleted["metadata"] |= {"deletionTimestamp": "2026-01-02T00:00:00Z"}
    yield "being deleted", deleted


@pytest.mark.parametrize("kind", gitops.KINDS)
def test_every_outcome_is_shown_as_the_pages_say(kind: str, judges: gitops.Judges) -> None:
    argo_cd, flux, check = gitops.table("argo-cd.md"), gitops.table("flux.md"), gitops.our_check()
    column = gitops.KINDS.index(kind)
    states, objects = zip(*failures(kind), *others(kind), strict=True)
    assert len(objects) > 2 * len({error.reason for error in errors()})
    found = zip(
        states,
        judges.argo_cd(objects),
        judges.argo_cd(objects, check),
        judges.kstatus(objects),
        objects,
        strict=True,
    )
    for state, built_in, checked, computed, shown in found:
        said = (built_in.word, checked.word, computed.word)
        assert said == (argo_cd[state][column], argo_cd[state][2], flux[state][0]), (state, shown)


def test_the_check_of_the_page_tells_why(judges: gitops.Judges) -> None:
    resource = Resource("AtlasMigration")
    shown = [
        resource.after(Failed("Migrating", "2_b.sql: boom", Retry.BACKOFF)),
        Resource("AtlasSchema").shown(),
    ]
    shown.append(resource.after(DONE["AtlasMigration"]))
    found = [verdict.message for verdict in judges.argo_cd(shown, gitops.our_check())]
    assert found == ["Migrating: 2_b.sql: boom", "Reconciling", "Applied"]


@pytest.mark.parametrize("status", [None, {}, {"conditions": []}, {"observedGeneration": 1}])
def test_a_status_of_nobody_is_work_to_come(status: object, judges: gitops.Judges) -> None:
    shown = Resource("AtlasSchema").shown() | {"status": status}
    if status is None:
        del shown["status"]
    check = gitops.our_check()
    assert [one.word for one in (*judges.argo_cd([shown]), *judges.argo_cd([shown], check))] == [
        "Progressing"
    ] * 2


def test_a_word_that_argo_cd_does_not_know_is_an_error_here(judges: gitops.Judges) -> None:
    script = {"AtlasSchema": 'return {status = "Fine"}'}
    with pytest.raises(AssertionError, match="Fine"):
        judges.argo_cd([Resource("AtlasSchema").shown()], script)


def test_the_helm_release_of_the_page_has_fields_that_flux_knows(judges: gitops.Judges) -> None:
    [release] = [one for one in gitops.manifests("flux.md") if one["kind"] == "HelmRelease"]
    spec = {key: value for key, value in release["spec"].items() if key != "chart"}
    by_reference = {"chartRef": {"kind": "OCIRepository", "name": "atlas-operator"}}
    assert "chartRef: {kind: OCIRepository, name: atlas-operator}" in (gitops.PAGES / "flux.md").read_text()
    wrong = release | {"spec": spec | {"chartReference": {}}}
    taken, other, refused = judges.read_by_helm_controller(
        [release, release | {"spec": spec | by_reference}, wrong]
    )
    assert (taken, other) == ("", "")
    assert "spec.chartReference" in refused


def test_flux_writes_the_whole_hash_as_a_text_and_half_of_the_dollars(judges: gitops.Judges) -> None:
    [migration] = [one for one in gitops.manifests("flux.md") if one["kind"] == "AtlasMigration"]
    [release] = [one for one in gitops.manifests("flux.md") if one["metadata"]["name"] == "shop-release"]
    tag = release["data"]["TAG"]
    assert judges.substituted(migration, tag)["spec"]["dir"]["remote"]["tag"] == tag
    assert judges.substituted(migration, "1234567")["spec"]["dir"]["remote"]["tag"] == 1234567
    files = {"1_f.sql": "CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql;"}
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "files"}, "data": files}
    assert " $ SELECT 1 $ " in judges.substituted(config, tag)["data"]["1_f.sql"]
