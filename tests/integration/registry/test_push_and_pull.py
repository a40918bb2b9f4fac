"""A directory goes in and comes out as it was, or says why not."""

from __future__ import annotations

import gzip
import random
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from atlas.errors import Conflict, Forbidden, NotFound, Rejected, SpecError, Unauthorized
from atlas.server.run import DataOptions
from atlas.server.store.audit import audit_log
from atlas.server.store.reindex import reindex
from atlas.server.store.tokens import create_token, list_tokens, revoke_token
from atlas.wire.archive import Entry, pack
from atlas.wire.digest import digest_of

from tests.integration.registry.conftest import PUBLIC_URL, A, B, Served, directory, serving

if TYPE_CHECKING:
    from pathlib import Path

PUSH_DIR = "mutation pushDir($input: PushDirInput!) { pushDir(input: $input) { url } }"


def test_a_directory_comes_back_byte_for_byte(anywhere: Served) -> None:
    pushed = directory(
        ("1_a b.sql", b"\xef\xbb\xbfSELECT 1;\r\n"), ("2_über ✓.sql", b"\0\xff"), ("3.sql", b"")
    )
    assert anywhere.push(pushed) == f"{PUBLIC_URL}/dirs/1"
    pulled = anywhere.pull()
    assert pulled.entries == pushed
    assert pulled.digest == digest_of(pushed)
    assert (pulled.version, pulled.tag) == ("3", "latest")
    assert pulled.source.startswith(anywhere.url)


def test_five_megabytes_come_back(served: Served) -> None:
    noise = random.Random(0)
    pushed = directory(*((f"{n:04}_seed.sql", noise.randbytes(10_000)) for n in range(500)))
    served.push(pushed)
    assert served.pull().entries == pushed


def test_an_empty_directory_can_be_pushed(served: Served) -> None:
    served.push(directory())
    assert [entry.name for entry in served.pull().entries] == ["atlas.sum"]


def test_equal_content_makes_no_new_version(anywhere: Served) -> None:
    assert anywhere.push(A) == anywhere.push(A)
    assert versions(anywhere) == ["1"]


def test_a_b_a_is_three_versions(anywhere: Served) -> None:
    for entries in (A, B, A):
        anywhere.push(entries)
    assert versions(anywhere) == ["1", "2", "1"]
    assert anywhere.pull().entries == A


def test_a_tag_names_bytes_and_moves_with_a_record(anywhere: Served) -> None:
    anywhere.push(A, tag="v1")
    assert anywhere.pull("atlas://app?tag=v1").entries == A
    anywhere.push(B, tag="v1")
    assert anywhere.pull("atlas://app?tag=v1").entries == B
    log = [(record.actor, record.action, record.subject) for record in audit_log(anywhere.registry, 1)]
    assert log[1:] == [
        ("tests", "repository.create", "app"),
        ("tests", "version.push", "app"),
        ("tests", "version.push", "app"),
    ]
    assert "tag v1 from 1 to 2" in audit_log(anywhere.registry, 1)[-1].detail


def test_known_content_under_a_new_tag_prints_the_same_url(anywhere: Served) -> None:
    assert anywhere.push(A) == anywhere.push(A, tag="v1")
    assert versions(anywhere) == ["1"]
    assert anywhere.pull("atlas://app?tag=v1").digest == anywhere.pull().digest


def test_a_tagged_push_leaves_latest_alone(served: Served) -> None:
    served.push(A)
    served.push(B, tag="next")
    assert served.pull().entries == A
    assert served.pull("atlas://app?tag=next").entries == B


def test_a_version_is_found_by_its_last_file_or_digest(served: Served) -> None:
    served.push(A)
    served.push(B)
    assert served.pull("atlas://app?version=1").entries == A
    assert served.pull("atlas://app?version=2").entries == B
    assert served.pull(f"atlas://app?version={digest_of(A)}").entries == A


def test_a_missing_tag_names_the_nearest(served: Served) -> None:
    for tag in ("v1.0", "v1.1", "v2.0", "main"):
        served.push(A, tag=tag)
    with pytest.raises(
        NotFound, match=r'tag "v1.2" of "app" not found; the nearest are v\d.\d, v\d.\d, v\d.\d'
    ):
        served.pull("atlas://app?tag=v1.2")


def test_a_missing_repository_is_named(served: Served) -> None:
    with pytest.raises(NotFound, match='repository "nothing" not found'):
        served.pull("atlas://nothing")


def test_a_missing_repository_is_told_with_names_like_it_of_the_same_project_alone(served: Served) -> None:
    theirs = served.seen_by("rival")
    for name in ("shop", "ship-yard", "ledger"):
        served.push(A, name)
    theirs.push(A, "shops")
    with pytest.raises(NotFound, match=r'^repository "shp" not found; the nearest are shop$'):
        served.pull("atlas://shp")
    with pytest.raises(NotFound, match=r'^repository "shp" not found; the nearest are shops$'):
        theirs.pull("atlas://shp")
    with pytest.raises(NotFound, match=r'^repository "wholly-other" not found$'):
        served.pull("atlas://wholly-other")


def test_another_driver_is_refused_and_both_are_named(anywhere: Served) -> None:
    anywhere.push(A, driver="sqlite")
    with pytest.raises(Rejected, match="sqlite, the push has postgres"):
        anywhere.push(B, driver="postgres")
    assert anywhere.pull().entries == A


def test_a_new_repository_needs_a_driver_and_an_old_one_does_not(served: Served) -> None:
    with pytest.raises(Rejected, match='"app" is new: say which driver'):
        served.push(A, driver="")
    served.push(A)
    served.push(B, driver="")
    assert served.pull().entries == B


def test_an_edited_file_is_refused_by_name(served: Served) -> None:
    edited = (B[0], Entry("1_one.sql", b"DROP TABLE one;\n"), B[2])
    with pytest.raises(Rejected, match=r"checksum mismatch: L2: 1_one.sql was edited"):
        served.push(edited)
    with pytest.raises(NotFound):
        served.pull()


def test_files_without_a_sum_are_refused(served: Served) -> None:
    with pytest.raises(Rejected, match="checksum file not found"):
        served.push(A[1:])


@pytest.mark.parametrize("name", ["a b", "a/b", "ü", "..", "x" * 5 + "\n"])
def test_a_name_that_is_no_slug_is_refused(served: Served, name: str) -> None:
    with pytest.raises(Rejected, match="letters, digits, dashes and underscores"):
        served.push(A, name)


def test_a_bomb_is_refused(served: Served) -> None:
    bomb = gzip.compress(pack([Entry("1.sql", bytes(50 * 1024 * 1024))]))
    content = {"slug": "app", "tag": "v1", "driver": "SQLITE", "dir": b64encode(bomb).decode()}
    status, answer = served.post(PUSH_DIR, {"input": content})
    assert status == 422
    assert "more than its size allows" in answer["errors"][0]["message"]


def test_a_write_once_tag_is_a_conflict(anywhere: Served) -> None:
    create = "mutation($input: I) { createRepo(input: $input) { slug } }"
    fields = {"type": "MIGRATION_DIRECTORY", "name": "app", "driver": "SQLITE", "tagPolicy": "write-once"}
    assert anywhere.post(create, {"input": fields})[0] == 200
    anywhere.push(A, tag="v1")
    with pytest.raises(Conflict, match="write-once"):
        anywhere.push(B, tag="v1")
    content = {"slug": "app", "tag": "v1", "driver": "SQLITE", "dir": b64encode(pack(B)).decode()}
    status, answer = anywhere.post(PUSH_DIR, {"input": content})
    assert status == 409
    assert answer["errors"][0]["path"] == ["pushDir"]
    assert anywhere.pull("atlas://app?tag=v1").entries == A


def test_a_wrong_token_is_unauthorized(served: Served) -> None:
    stranger = Served(served.registry, served.url, "aci_wrong")
    with pytest.raises(Unauthorized, match=r"^Unauthorized$"):
        stranger.pull()
    assert stranger.post("{ me { org } }")[0] == 401
    assert served.fetch("/query", b"{}", Authorization="")[0] == 401


def test_a_revoked_token_is_unauthorized_at_once(served: Served) -> None:
    served.push(A)
    [token] = list_tokens(served.registry)
    revoke_token(served.registry, token.id)
    with pytest.raises(Unauthorized):
        served.pull()
    with pytest.raises(NotFound):
        revoke_token(served.registry, 99)


def test_a_reading_token_reads_and_does_not_push(served: Served) -> None:
    served.push(A)
    reader = served.seen_by("acme", "read")
    assert reader.pull().entries == A
    with pytest.raises(Forbidden, match="may read and report, but not push"):
        reader.push(B)


def test_projects_do_not_see_each_other(anywhere: Served) -> None:
    anywhere.push(A)
    other = anywhere.seen_by("other")
    with pytest.raises(NotFound):
        other.pull()
    assert other.fetch(f"/v1/content/{digest_of(A)}")[0] == 404
    assert other.fetch("/dirs/1")[0] == 404
    assert other.push(B) == f"{PUBLIC_URL}/dirs/2"
    assert anywhere.pull().entries == A


def test_a_restart_keeps_everything(data: DataOptions) -> None:
    with serving(data) as before:
        before.push(A, tag="v1")
        before.push(B)
    with serving(data) as after:
        same = Served(after.registry, after.url, before.token)
        assert same.pull().entries == B
        assert same.pull("atlas://app?tag=v1").entries == A
        assert same.push(B) == f"{PUBLIC_URL}/dirs/1"


def test_the_index_is_rebuilt_from_the_bucket(tmp_path: Path) -> None:
    data = DataOptions(tmp_path / "data")
    with serving(data) as before:
        before.push(A, "first")
        before.push(A, tag="v1")
        before.push(B)
    for file in data.folder.glob("registry.db*"):
        file.unlink()
    with serving(data) as after:
        assert after.pull("atlas://app?tag=v1").entries == A
        assert after.pull("atlas://app?version=2").entries == B
        assert after.push(B) == f"{PUBLIC_URL}/dirs/2"
        assert after.push(A, "third") == f"{PUBLIC_URL}/dirs/3"
        assert reindex(after.registry) == 3


def test_damaged_content_is_never_served(served: Served, tmp_path: Path) -> None:
    served.push(A)
    [file] = tmp_path.rglob("1_one.sql")
    file.write_text("DROP TABLE one;\n")
    status, answer = served.post("query($i: I) { dirState(input: $i) { content } }", {"i": {"slug": "app"}})
    assert status == 503
    assert '"1_one.sql"' in answer["errors"][0]["message"]


def test_a_lost_content_folder_is_an_outage_and_no_empty_registry(served: Served, tmp_path: Path) -> None:
    served.push(A)
    (tmp_path / "data" / "content").rename(tmp_path / "unmounted")
    status, answer = served.post("query($i: I) { dirState(input: $i) { content } }", {"i": {"slug": "app"}})
    assert status == 503
    assert "is its folder mounted?" in answer["errors"][0]["message"]


def test_a_token_is_stored_as_its_hash_only(served: Served, tmp_path: Path) -> None:
    token = create_token(served.registry, "acme", name="second")
    assert token.startswith("aci_")
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file())
    assert token.encode() not in stored
    with pytest.raises(SpecError):
        create_token(served.registry, "no project", name="x")


def versions(served: Served) -> list[str]:
    [index] = served.registry.content.indexes()
    return [version.name for version in index.versions]
