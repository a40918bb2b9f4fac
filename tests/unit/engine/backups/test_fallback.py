"""Reads while a registry cannot be reached: which backup answers, when none may, and what is proved before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from atlas.engine.backups import (
    Breaker,
    Fallback,
    NotBackedUp,
    Primary,
    Served,
    Target,
    VersionToCopy,
    copy_of_version,
    guarded,
    is_eligible,
    read_or_fall_back,
    store_version,
)
from atlas.engine.directory import MigrationFile, compute_sum, directory_of, to_entries
from atlas.errors import (
    AtlasError,
    Conflict,
    Forbidden,
    LoginRequired,
    NotFound,
    Rejected,
    SpecError,
    Unauthorized,
    Unavailable,
)
from atlas.wire.archive import Entry
from atlas.wire.contract import DIRECTORY, SCHEMA
from atlas.wire.layout import file_key, index_key, manifest_key
from atlas.wire.reference import Reference

from tests.fakes.backups import AT, NO_WAITING, FailingBucket, backup, schema_version
from tests.fakes.bucket import MemoryBucket

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTRY = "http://registry.example"
GONE = Unavailable("cannot be reached: Connection refused")
LATEST = Reference("app")
V1 = Reference("app", tag="v1")


def fails(error: AtlasError) -> Primary[str]:
    def ask() -> str:
        raise error

    return Primary(REGISTRY, ask)


def read(
    primary: Primary[str], *targets: Target, reference: Reference = LATEST
) -> tuple[str, Fallback | None]:
    backups: list[Callable[[], Target]] = [lambda target=target: target for target in targets]  # type: ignore[misc] # mypy infers no lambda with a default
    found, fallback = read_or_fall_back(primary, backups, SCHEMA, reference)
    return (found.entries[0].content.decode() if isinstance(found, Served) else found), fallback


def filled(*versions: VersionToCopy, url: str = "file:///backup") -> tuple[MemoryBucket, Target]:
    bucket = MemoryBucket()
    for version in versions or (schema_version(tag="v1"),):
        store_version(backup(bucket), version, NO_WAITING)
    return bucket, backup(bucket, url)


def missed_by_the_registry(target: Target, version: VersionToCopy) -> None:
    copy = copy_of_version(version, NO_WAITING)
    copy.record(target, copy.stage(target), None)


def damage(bucket: MemoryBucket, key: str) -> None:
    stored = bucket.get(key)
    flipped = bytes([stored.data[0] ^ 1]) + stored.data[1:]
    bucket.put_if_unchanged(key, flipped, etag=stored.etag)


def test_a_registry_that_answers_is_the_source() -> None:
    assert read(Primary(REGISTRY, lambda: "of the registry"), filled()[1]) == ("of the registry", None)


def test_a_backup_answers_in_an_outage_and_says_so() -> None:
    text, fallback = read(fails(GONE), filled()[1], reference=V1)
    assert text == "one"
    assert fallback
    assert fallback.source == "file:///backup"
    told = fallback.told(datetime(2026, 1, 2, 3, 4, 9, tzinfo=UTC))
    assert told == (
        "Served from file:///backup (age 4 s), the registry at http://registry.example did not answer: "
        "cannot be reached: Connection refused"
    )


@pytest.mark.parametrize(
    "refusal",
    [
        Unauthorized("401"),
        Forbidden("403"),
        NotFound("404"),
        Conflict("409"),
        Rejected("422"),
        SpecError("no address"),
        LoginRequired("log in"),
    ],
)
def test_a_registry_that_says_no_is_believed(refusal: AtlasError) -> None:
    assert not is_eligible(refusal)
    with pytest.raises(type(refusal), match=str(refusal)):
        read(fails(refusal), filled()[1], reference=V1)


def test_without_backups_the_error_is_that_of_the_registry() -> None:
    with pytest.raises(Unavailable, match=r"^cannot be reached: Connection refused$"):
        read(fails(GONE))


def test_what_only_a_backup_took_is_served_though_the_registry_says_not_found() -> None:
    target = backup()
    missed_by_the_registry(target, schema_version("two", "v2"))
    text, fallback = read(fails(NotFound("no v2")), target, reference=Reference("app", tag="v2"))
    assert text == "two"
    assert fallback
    assert "does not have it yet: no v2" in fallback.reason


def test_a_mark_is_for_one_version_and_no_other() -> None:
    _, target = filled()
    missed_by_the_registry(target, schema_version("two", "v2"))
    with pytest.raises(NotFound, match="no v1"):
        read(fails(NotFound("no v1")), target, reference=V1)


def test_a_refusal_other_than_not_found_is_believed_of_a_marked_version_too() -> None:
    target = backup()
    missed_by_the_registry(target, schema_version("two", "v2"))
    with pytest.raises(Forbidden):
        read(fails(Forbidden("403")), target, reference=Reference("app", tag="v2"))


def test_backups_are_asked_in_their_order() -> None:
    one, two = filled(url="file:///one")[1], filled(schema_version("two", "v1"), url="file:///two")[1]
    assert read(fails(GONE), one, two, reference=V1)[0] == "one"
    assert read(fails(GONE), two, one, reference=V1)[0] == "two"


@pytest.mark.parametrize("what", ["file", "manifest", "index", "missing"])
def test_a_damaged_backup_is_passed_over(what: str) -> None:
    bucket, broken = filled(url="file:///broken")
    key = broken.key(SCHEMA, "app")
    loaded = broken.content.load_index(key)
    assert loaded
    digest = loaded.index.versions[0].digest
    match what:
        case "file":
            damage(bucket, file_key(key, digest, "schema.hcl"))
        case "manifest":
            damage(bucket, manifest_key(key, digest))
        case "index":
            damage(bucket, index_key(key))
        case _:
            bucket.delete(file_key(key, digest, "schema.hcl"))
    text, fallback = read(fails(GONE), broken, filled(url="file:///whole")[1], reference=V1)
    assert text == "one"
    assert fallback
    assert fallback.source == "file:///whole"
    with pytest.raises(Unavailable, match=r"(?s)nobody can serve.*registry\.example: cannot.*///broken: "):
        read(fails(GONE), broken, reference=V1)


def test_a_directory_whose_sum_is_wrong_is_damaged() -> None:
    entries = to_entries(directory_of([MigrationFile("1.sql", b"SELECT 1;\n")]))
    wrong = compute_sum(directory_of([MigrationFile("1.sql", b"SELECT 2;\n")])).text
    version = VersionToCopy(
        type=DIRECTORY,
        slug="app",
        driver="sqlite",
        entries=tuple(
            Entry(name, wrong.encode() if name == "atlas.sum" else data)
            for name, data in (*entries, ("atlas.sum", b""))
        ),
        name="1",
        at=AT,
    )
    target = backup()
    store_version(target, version, NO_WAITING)
    with pytest.raises(Unavailable, match="damaged"):
        read_or_fall_back(fails(GONE), [lambda: target], DIRECTORY, LATEST)


def test_a_backup_that_cannot_be_opened_is_passed_over() -> None:
    def unopened() -> Target:
        raise SpecError("no such scheme")

    whole = filled()[1]
    found, fallback = read_or_fall_back(fails(GONE), [unopened, lambda: whole], SCHEMA, V1)
    assert isinstance(found, Served)
    assert fallback
    assert fallback.source == "file:///backup"


def test_backups_that_never_had_it_are_told_from_broken_ones() -> None:
    empty, broken = backup(), backup(FailingBucket(MemoryBucket(), from_call=1))
    with pytest.raises(NotBackedUp, match='not found in project "default"'):
        read(fails(GONE), empty)
    with pytest.raises(Unavailable) as raised:
        read(fails(GONE), empty, broken)
    assert not isinstance(raised.value, NotBackedUp)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (119, "119 s"), (180, "3 min"), (7_200, "2 h"), (172_800, "2 d")]
)
def test_an_age_is_told_in_one_unit(seconds: int, text: str) -> None:
    pushed = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).timestamp()
    fallback = Fallback("file:///b", AT, "gone")
    assert f"(age {text})" in fallback.told(datetime.fromtimestamp(pushed + seconds, UTC))


def test_an_open_breaker_spares_the_registry() -> None:
    now, asked = [0.0], []

    def ask() -> str:
        asked.append(now[0])
        raise GONE

    primary = guarded(Primary(REGISTRY, ask), Breaker(failures=2, rest_s=30), lambda: now[0])
    for _ in range(5):
        read(primary, filled()[1], reference=V1)
    assert asked == [0.0, 0.0]
    now[0] = 31.0
    for _ in range(5):
        read(primary, filled()[1], reference=V1)
    assert asked == [0.0, 0.0, 31.0], "one goes first after a rest"


def test_a_breaker_closes_with_an_answer_of_any_kind() -> None:
    breaker = Breaker(failures=2, rest_s=30)
    for _ in range(2):
        breaker.failed(REGISTRY, 0.0)
    assert not breaker.allows(REGISTRY, 29.0)
    assert breaker.allows("http://other.example", 29.0)
    with pytest.raises(Forbidden):
        guarded(fails(Forbidden("403")), breaker, lambda: 31.0).ask()
    assert breaker.allows(REGISTRY, 31.0)
