"""Imports from a registry whose real answers were changed at random: whole repositories come, or an error that is one."""

from __future__ import annotations

import json
import random
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from atlas.client.any_make import RegistryOfAnyMake, tells_history
from atlas.client.registry_bucket import RegistryBucket
from atlas.client.repos import all_repositories
from atlas.client.transport import Patience, Transport
from atlas.engine.backups import Pace, Target
from atlas.errors import AtlasError
from atlas.server.import_choice import Choice
from atlas.server.importing import _groups, bring_asked, bring_whole, project_of
from atlas.server.run import DataOptions
from atlas.wire.content_store import BucketContent
from atlas.wire.contract import RegistryAddress

from tests.fakes.bucket import MemoryBucket
from tests.integration.registry.conftest import A, B, Served, serving
from tests.integration.registry.importing import push_hcl

if TYPE_CHECKING:
    from pathlib import Path

MUTATIONS = 160  # of each way; a run of these takes about two seconds
PACE = Pace(lambda _seconds: None, lambda: 0.5)
DEEP: Any = json.loads("[" * 200 + "]" * 200)
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 7, 1.5, 10**30, float("inf"), "", "x", "../x", "a/b", "latest", "x" * 5000),
    *("one\nError: two", "\x1b[2J", "\u202e", "\ud800", "\x00", [], {}, [None], [[]], [{}], {"x": 1}, DEEP),
)


class Recorded:
    """The answers of a real registry, by question."""

    def __init__(self, served: Served) -> None:
        self.address = RegistryAddress(f"{served.url}/query", served.token)
        self.answers: dict[bytes, bytes] = {}
        self._network = httpx.HTTPTransport()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = self._network.handle_request(request)
        self.answers[request.content] = answer.read()
        return httpx.Response(answer.status_code, content=answer.content)

    def close(self) -> None:
        self._network.close()


class Mutating:
    """Answers as was recorded, but for one answer of each import."""

    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded
        self.begin(random.Random(0))

    def begin(self, chance: random.Random) -> None:
        """The next one."""
        self._chance, self._left = chance, chance.randrange(7)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = self._recorded.answers.get(request.content)
        if body is None:  # what nobody asked before, as after a changed name
            return httpx.Response(200, json={"errors": [{"message": "not found"}]})
        self._left -= 1
        if self._left != -1:
            return httpx.Response(200, content=body)
        return httpx.Response(
            self._chance.choice((200, 200, 200, 200, 400, 503)), content=self._mutated(body)
        )

    def _mutated(self, body: bytes) -> bytes:
        if self._chance.random() < 0.2:
            return self._broken(body)
        return json.dumps(self._changed(json.loads(body))).encode()

    def _broken(self, body: bytes) -> bytes:
        place = self._chance.randrange(len(body))
        return self._chance.choice(
            (
                body[:place],
                body[:place] + bytes([self._chance.randrange(256)]) + body[place + 1 :],
                b"[" * 9999,
            )
        )

    def _changed(self, value: Any) -> Any:
        """The value, changed at one place in it: deeper places are as likely as others."""
        if isinstance(value, dict) and value and self._chance.random() < 0.9:
            name = self._chance.choice(sorted(value))
            if self._chance.random() < 0.1:
                return {other: value[other] for other in value if other != name}
            return {**value, name: self._of_text(name, value[name])}
        if isinstance(value, list) and value and self._chance.random() < 0.9:
            place = self._chance.randrange(len(value))
            return [*value[:place], self._changed(value[place]), *value[place + self._chance.randrange(2) :]]
        return self._chance.choice(ODD)

    def _of_text(self, name: str, value: Any) -> Any:
        if name == "index" and isinstance(value, str) and self._chance.random() < 0.8:
            return json.dumps(self._changed(json.loads(value)))
        if name == "content" and isinstance(value, str) and self._chance.random() < 0.8:
            return b64encode(self._broken(b64decode(value))).decode()
        return self._changed(value)


def answered(recorded: Recorded, http: Any) -> Transport:
    transport = httpx.MockTransport(http)
    return Transport(
        recorded.address, http=transport, patience=Patience(retries=0), wait=lambda _seconds: None
    )


def bring(transport: Transport, *, whole: bool) -> tuple[Target, list[str]]:
    """Import all; the errors of single repositories are returned."""
    errors: list[str] = []
    target = Target("here", project_of(transport, ""), BucketContent(MemoryBucket()))
    target.content.prepare()

    def tell(one: Any) -> None:
        errors.extend(filter(None, [one.error]))

    if whole and tells_history(transport):
        source = Target("there", target.project, BucketContent(RegistryBucket(transport, target.project)))
        bring_whole((source, target, PACE), all_repositories(transport), Choice(), tell)
        source.content.close()
    else:
        other = RegistryOfAnyMake(transport)
        groups = list(_groups(other.listed(), target.project, Choice()))
        bring_asked((other, target, PACE), groups, Choice(), tell)
    return target, errors


def outcome(transport: Transport, *, whole: bool) -> tuple[Target | None, list[str]]:
    """What is here, and all errors: none but those of atlas are caught."""
    try:
        return bring(transport, whole=whole)
    except AtlasError as error:
        return None, [str(error)]


def assert_whole(target: Target) -> None:
    for key in target.content.repositories():
        loaded = target.content.load_index(key)
        assert loaded
        for version in loaded.index.versions:
            assert target.content.entries(key, version.digest)  # proved against its digest


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    folder: Path = tmp_path_factory.mktemp("recorded")
    with serving(DataOptions(folder)) as served:
        served.push(A, "one", tag="v1")
        served.push(B, "one")
        push_hcl(served, 'table "t" {\n}\n', tag="v1")
        answers = Recorded(served)
        with answered(answers, answers) as transport:
            for whole in (True, False):
                target, errors = bring(transport, whole=whole)
                assert errors == []
                assert len(list(target.content.repositories())) == 2
                target.content.close()
        answers.close()
    return answers


@pytest.mark.parametrize("whole", [True, False])
def test_every_outcome_is_whole_repositories_or_an_error_of_atlas(recorded: Recorded, *, whole: bool) -> None:
    refused = brought = 0
    mutating = Mutating(recorded)
    with answered(recorded, mutating) as transport:  # one for all: each would read the system's certificates
        for seed in range(MUTATIONS):
            mutating.begin(random.Random(seed))
            target, errors = outcome(transport, whole=whole)
            assert all(map(str.isprintable, errors)), (seed, errors)
            refused += bool(errors)
            brought += not errors
            if target:
                assert_whole(target)
                target.content.close()
    assert refused > MUTATIONS // 4
    assert brought > MUTATIONS // 10
