"""Every state that the operator writes, shown to Argo CD's health scripts and to kstatus: they say what the pages say."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.clients import gitops
from tests.daemon import dying_with_the_run, free_port
from tests.e2e.conftest import GROUP, ready_of
from tests.waiting import WITHIN_S, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.e2e.conftest import Namespace, Process, RegistryServer

ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);"}
WRONG = {"1_a.sql": "CREATE TABEL a (id integer);"}
TOKEN = {"tokenFrom": {"secretKeyRef": {"name": "registry", "key": "token"}}}
DOWN = {"migrateDown": {"allow": True, "autoApprove": True}}
POD = {
    "devURL": "postgres://postgres:pass@dev:5432/dev",
    "devDB": {"spec": {"containers": [{"name": "dev", "image": "postgres:15"}]}},
}
MIGRATION, SCHEMA = gitops.KINDS


@dataclass
class Seen:
    """Resources of one namespace, and every state that they were seen in."""

    namespace: Namespace
    states: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def apply(self, kind: str, **specs: dict[str, Any]) -> None:
        """Resources of a kind, by name."""
        named = {name: {"url": f"sqlite://{self.file(kind, name)}", **spec} for name, spec in specs.items()}
        self.namespace.apply(
            *(
                {"apiVersion": GROUP, "kind": kind, "metadata": {"name": name}, "spec": spec}
                for name, spec in named.items()
            )
        )

    def file(self, kind: str, name: str) -> Path:
        return self.namespace.folder / f"{kind}-{name}.db"

    def get(self, kind: str, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.namespace.kubectl.json("get", kind, name, "-n", self.namespace.name)
        return found

    def when(self, state: str, kind: str, name: str, is_so: Callable[[dict[str, Any]], object]) -> None:
        """Wait until the resource is so, and note it down as of this state."""
        found: dict[str, Any] = {}

        def look() -> object:
            found.clear()
            found.update(self.get(kind, name))
            return is_so(found)

        wait_until(look, lambda: (state, kind, name, found.get("status")))
        self.note(state, found)

    def note(self, state: str, found: dict[str, Any]) -> None:
        self.states.setdefault(state, []).append(found)


def because(reason: str, **conditions: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a resource is as the operator settled it, for this reason and with these other conditions."""

    def is_so(found: dict[str, Any]) -> bool:
        status = found["status"]
        known = {one["type"]: one["status"] for one in status.get("conditions", ())}
        is_current = status["observedGeneration"] == found["metadata"]["generation"]
        return is_current and ready_of(found).get("reason") == reason and known.items() >= conditions.items()

    return is_so


@pytest.fixture
def seen(namespace: Namespace) -> Iterator[Seen]:
    made = Seen(namespace)
    yield made
    for kind in gitops.KINDS:
        namespace.kubectl.attempt(
            "patch",
            kind,
            "done",
            "-n",
            namespace.name,
            "--type=merge",
            "-p",
            '{"metadata":{"finalizers":null}}',
        )


@pytest.fixture
def recorded(namespace: Namespace, tmp_path: Path) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Every version of every resource, as a watch was told of it."""
    watches = []
    environ = {"KUBECONFIG": str(namespace.kubectl.kubeconfig), "HOME": str(tmp_path)}
    for kind in gitops.KINDS:
        with (tmp_path / f"{kind}.watch").open("wb") as file:
            words = f"get {kind} -n {namespace.name} --watch -o json".split()
            program = [*dying_with_the_run(), str(namespace.kubectl.program)]
            watches.append(subprocess.Popen([*program, *words], stdout=file, env=environ))

    def read() -> list[dict[str, Any]]:
        found, decoder = [], json.JSONDecoder()
        for kind in gitops.KINDS:
            text = (tmp_path / f"{kind}.watch").read_text().lstrip()
            while text:
                try:
                    one, end = decoder.raw_decode(text)
                except ValueError:  # the last one is being written
                    break
                found.append(one)
                text = text[end:].lstrip()
        return found

    yield read
    for watch in watches:
        watch.terminate()
        watch.wait(10)


def test_tools_say_of_every_state_what_the_pages_say(
    seen: Seen,
    recorded: Callable[[], list[dict[str, Any]]],
    new_operator: Callable[..., Process],
    registry: RegistryServer,
    judges: gitops.Judges,
) -> None:
    before_the_operator(seen, registry)
    operator = new_operator("--cloud-url", registry.url, "--allow-path", str(seen.namespace.folder))
    operator.start()
    while_it_runs(seen)
    when_others_are_away(seen, operator, registry)
    for found in recorded():
        if ready_of(found).get("reason") == "Reconciling":
            seen.note("at work", found)
    operator.terminate()
    after_it_ended(seen)
    assert_as_on_the_pages(seen.states, judges)


def before_the_operator(seen: Seen, registry: RegistryServer) -> None:
    seen.namespace.secret("registry", token=registry.token)
    registry.push("shop", "v1", ONE)
    away = {"cloud": {"url": f"http://127.0.0.1:{free_port()}", **TOKEN}, "dir": {"remote": {"name": "shop"}}}
    users = {"schema": {"sql": "CREATE TABLE users (id integer NOT NULL, PRIMARY KEY (id));"}}
    broken = {"schema": {"sql": "CREATE TABEL users (id integer);"}}
    review = {"cloud": {"repo": "app", **TOKEN}, "policy": {"lint": {"review": "ALWAYS"}}}
    seen.apply(
        MIGRATION,
        done={"dir": {"local": TWO}},
        remote={"dir": {"remote": {"name": "shop", "tag": "v1"}}, "cloud": TOKEN},
        wrong={"dir": {"local": WRONG}},
        hopeless={"dir": {"local": WRONG}, "backoffLimit": 1},
        away=away,
        suspended={"dir": {"local": ONE}, "suspend": True},
        down={"dir": {"local": TWO}},
    )
    seen.apply(
        SCHEMA,
        done=users,
        wrong=broken,
        hopeless=broken | {"backoffLimit": 1},
        review=users | review,
        suspended=users | {"suspend": True},
        pod=users | POD,
    )
    for kind in gitops.KINDS:
        seen.note("no operator has seen it", seen.get(kind, "done"))


def while_it_runs(seen: Seen) -> None:
    retried = {"Ready": "False", "Reconciling": "True", "Stalled": "False"}
    for kind in gitops.KINDS:
        seen.when("done", kind, "done", because("Applied", Ready="True"))
        seen.when("suspended", kind, "suspended", because("Suspended", Ready="False"))
    seen.when("failed, and is tried again", MIGRATION, "wrong", because("Migrating", **retried))
    seen.when("failed, and is tried again", MIGRATION, "away", because("Unavailable", **retried))
    seen.when("failed, and is tried again", SCHEMA, "wrong", because("ReadSchema", **retried))
    seen.when("waits for an approval", SCHEMA, "review", because("ApprovalPending"))
    seen.when("waits for a dev database of its own", SCHEMA, "pod", because("GettingDevDB"))
    seen.when("done", MIGRATION, "down", because("Applied", Ready="True"))
    seen.apply(MIGRATION, down={"dir": {"local": ONE}, "protectedFlows": DOWN, **POD})
    seen.when("waits for a dev database of its own", MIGRATION, "down", because("GettingDevDB"))
    seen.when("done", MIGRATION, "remote", because("Applied", Ready="True"))
    for kind in gitops.KINDS:
        wrong = ready_of(seen.get(kind, "wrong"))["reason"]
        words = ("wait", kind, "hopeless", "-n", seen.namespace.name)
        seen.namespace.kubectl(*words, "--for=condition=Stalled", f"--timeout={WITHIN_S}s")
        seen.when("gave up", kind, "hopeless", because(wrong, Stalled="True"))


def when_others_are_away(seen: Seen, operator: Process, registry: RegistryServer) -> None:
    registry.process.terminate()
    looked_at = {(MIGRATION, "remote"), (MIGRATION, "done"), (SCHEMA, "done")}
    for kind, name in looked_at - {(MIGRATION, "remote")}:
        file = seen.file(kind, name)
        file.rename(file.with_suffix(".away"))
        file.mkdir()
    for kind, name in looked_at:
        annotation = "db.atlasgo.io/reconcile-requested-at=now"
        seen.namespace.kubectl("annotate", kind, name, "-n", seen.namespace.name, annotation)

    def doubted() -> set[tuple[str, str]]:
        said = [line for line in operator.lines() if line["message"].startswith("not checked, still ready")]
        return {(line["kind"], line["resource"]) for line in said}

    wait_until(lambda: doubted() == looked_at, operator.log.read_text)
    for kind, name in looked_at:
        seen.note("done, and the database or the registry is away", seen.get(kind, name))


def after_it_ended(seen: Seen) -> None:
    for kind in gitops.KINDS:
        finalizer = '{"metadata":{"finalizers":["tests.example.com/stays"]}}'
        words = (kind, "done", "-n", seen.namespace.name)
        seen.namespace.kubectl("patch", *words, "--type=merge", "-p", finalizer)
        seen.apply(kind, done={"dir": {"local": ONE}} if kind == MIGRATION else {"schema": {"sql": ""}})
        changed = seen.get(kind, "done")
        assert ready_of(changed)["status"] == "True"
        seen.note("changed, and no operator has seen the change", changed)
        waited = seen.namespace.kubectl.attempt("wait", *words, "--for=condition=Ready", "--timeout=1s")
        assert "timed out" in waited.stderr
        seen.namespace.kubectl("delete", *words, "--wait=false")
        seen.note("being deleted", seen.get(kind, "done"))


def assert_as_on_the_pages(states: dict[str, list[dict[str, Any]]], judges: gitops.Judges) -> None:
    argo_cd, flux, check = gitops.table("argo-cd.md"), gitops.table("flux.md"), gitops.our_check()
    assert list(argo_cd) == list(flux)
    assert set(states) == set(argo_cd)
    for state, objects in states.items():
        of_kinds, ours = dict(zip(gitops.KINDS, argo_cd[state][:2], strict=True)), argo_cd[state][2]
        assert {one["kind"] for one in objects} == {kind for kind, word in of_kinds.items() if word}, state
        said = zip(
            objects,
            judges.argo_cd(objects),
            judges.argo_cd(objects, check),
            judges.kstatus(objects),
            strict=True,
        )
        for found, built_in, checked, computed in said:
            words = (built_in.word, checked.word, computed.word)
            assert words == (of_kinds[found["kind"]], ours, *flux[state]), (state, found["status"])
