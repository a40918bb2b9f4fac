from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from atlas.engine.database_url import parse_database_url
from atlas.errors import ChecksumMismatch, DirectoryError, SpecError
from atlas.reconcile.directory import find_directory
from atlas.reconcile.migration import resolve_migration
from atlas.reconcile.observed import observed_hash
from atlas.reconcile.outcome import Failed
from atlas.reconcile.ports import SECRET, Stored, TargetRules
from atlas.reconcile.references import references_of
from atlas.reconcile.registry import registry_address
from atlas.reconcile.spec import backoff_limit, read_migration
from atlas.reconcile.target import check_target, target_url
from atlas.wire.archive import Entry, pack
from atlas.wire.contract import RegistryAddress

from tests.fakes.directories import directory_with
from tests.fakes.reconcile import TARGET, World, resource_with

FILES = {"1_a.sql": "CREATE TABLE a (id int);"}
DIR = {"local": FILES}


def failure_of(spec: dict[str, object], world: World | None = None) -> Failed:
    world = world or World()
    outcome = resolve_migration(world.begin(resource_with(spec)))
    assert isinstance(outcome, Failed)
    assert world.targets.opened == []
    return outcome


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"policy": {"drift": {"onError": "FAIL"}}}, "spec.policy.drift "),
    ],
)
def test_a_field_that_is_not_served_is_named(more: dict[str, object], field: str) -> None:
    failed = failure_of({"url": TARGET, "dir": DIR, **more})
    assert failed.reason == "Unsupported"
    assert failed.message.startswith(field)


@pytest.mark.parametrize(
    "more",
    [
        {"devURL": "sqlite://dev?mode=memory"},
        {"devURLFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
        {"devDB": {"spec": {"containers": []}}},
        {"envName": "prod"},
        {"protectedFlows": {"migrateDown": {"allow": False, "autoApprove": False}}},
    ],
)
def test_fields_that_applying_does_not_need_are_accepted(more: dict[str, object]) -> None:
    world = World()
    assert resolve_migration(world.begin(resource_with({"url": TARGET, "dir": DIR, **more}))) is None


def test_a_value_of_the_wrong_type_is_named_by_its_path_and_not_shown() -> None:
    with pytest.raises(SpecError, match=r"^spec.credentials.password must be a text$"):
        read_migration({"credentials": {"host": "h", "password": 12345}})


@pytest.mark.parametrize(("limit", "expected"), [(None, 20), (0, 0), (3, 3), ("x", 20), (True, 20), (-1, 20)])
def test_the_backoff_limit_is_readable_in_every_spec(limit: object, expected: int) -> None:
    assert backoff_limit({"backoffLimit": limit}) == expected


def test_every_reference_of_a_spec_is_found_also_in_fields_that_are_not_served() -> None:
    spec = {
        "urlFrom": {"secretKeyRef": {"name": "url", "key": "k"}},
        "credentials": {"passwordFrom": {"secretKeyRef": {"name": "pw", "key": "k"}}},
        "configFrom": {"secretKeyRef": {"name": "config", "key": "k"}},
        "vars": [
            {"key": "a", "valueFrom": {"secretKeyRef": {"name": "var", "key": "k"}}},
            {"key": "b", "valueFrom": {"configMapKeyRef": {"name": "tenants", "key": "k"}}},
        ],
        "dir": {"configMapRef": {"name": "files"}},
    }
    assert references_of(spec) == {
        ("Secret", "url"), ("Secret", "pw"), ("Secret", "config"), ("ConfigMap", "files"),
        ("Secret", "var"), ("ConfigMap", "tenants"),
    }  # fmt: skip


def read_nothing(_key: object) -> str:
    raise AssertionError("no secret was asked for")


def test_the_url_of_a_secret_wins_over_the_inline_one_and_loses_its_line_break() -> None:
    spec = read_migration(
        {"url": "mysql://h/x", "urlFrom": {"secretKeyRef": {"name": "s", "key": "k"}}, "dir": DIR}
    )
    assert target_url(spec.target, lambda key: f"postgres://host/{key.name}-{key.key}\n").database == "s-k"


def test_credentials_are_used_without_a_url_and_what_a_secret_says_wins() -> None:
    spec = read_migration(
        {
            "credentials": {
                "scheme": "postgres", "user": "u", "host": "h", "port": 5433, "database": "d",
                "password": "inline", "passwordFrom": {"secretKeyRef": {"name": "s", "key": "p"}},
                "parameters": {"sslmode": "disable"},
            }
        }
    )  # fmt: skip
    url = target_url(spec.target, lambda key: "p@ss/word#?%")
    assert (url.user, url.password, url.host, url.port, url.database) == ("u", "p@ss/word#?%", "h", 5433, "d")
    assert url.parameter("sslmode") == "disable"


@pytest.mark.parametrize("spec", [{}, {"credentials": {"scheme": "postgres", "user": "u"}}])
def test_no_target_is_said_in_the_words_of_the_go_operator(spec: dict[str, object]) -> None:
    assert failure_of({**spec, "dir": DIR}).message == "no target database defined"


def test_a_missing_key_of_a_secret_is_said_in_the_words_of_the_go_operator() -> None:
    world = World()
    spec: dict[str, object] = {"urlFrom": {"secretKeyRef": {"name": "db", "key": "url"}}, "dir": DIR}
    assert failure_of(spec, world).message == "secret prod/db not found"
    world.references.put_secret("db", {"other": "x"})
    assert failure_of(spec, world).message == 'secret prod/db does not contain key "url"'


@pytest.mark.parametrize(
    "url",
    [
        "postgres://169.254.169.254/db",
        "postgres://u:p@[fe80::1]/db",
        "mysql://2852039166/db",
        "mysql://0xa9fea9fe/db",
        "mysql://169.254.43518/db",
        "postgres://[::ffff:169.254.169.254]/db",
        "postgres:///db?host=169.254.169.254",
        "postgres://a,169.254.0.1/db",
        "mysql://metadata.google.internal/db",
    ],
)
def test_link_local_and_metadata_addresses_are_never_a_target(url: str) -> None:
    with pytest.raises(SpecError, match="link-local"):
        check_target(parse_database_url(url), TargetRules(folders=None))


@pytest.mark.parametrize("url", ["postgres://10.0.0.1/db", "mysql://db.prod.svc:3306/x", "postgres:///db"])
def test_ordinary_addresses_are_targets(url: str) -> None:
    check_target(parse_database_url(url), TargetRules())


@pytest.mark.parametrize(
    "url",
    ["sqlite:///data/db", "sqlite:///data/ok/../../etc/db", "sqlite:///data/okay/db"],
)
def test_a_file_outside_the_allowed_folders_is_refused(url: str) -> None:
    with pytest.raises(SpecError, match="outside the folders"):
        check_target(parse_database_url(url), TargetRules(("/data/ok",)))


@pytest.mark.parametrize(
    ("url", "folders", "shown"),
    [
        ("sqlite://ci.db", ("/data/ok", "/mnt"), " (/data/ok, /mnt): sqlite:///data/ok/ci.db"),
        ("sqlite://sub/ci.db", ("/data/ok",), " (/data/ok): sqlite:///data/ok/sub/ci.db"),
        ("sqlite://../ci.db", ("/data/ok",), " (/data/ok)"),
        ("sqlite://ci.db", (), " (none)"),
    ],
)
def test_a_relative_file_is_told_as_one_with_what_to_write_instead(
    url: str, folders: tuple[str, ...], shown: str
) -> None:
    with pytest.raises(SpecError, match="is relative; an operator takes absolute paths") as raised:
        check_target(parse_database_url(url), TargetRules(folders))
    assert str(raised.value).endswith(f"below a folder of --allow-path{shown}")


def test_a_file_below_an_allowed_folder_is_a_target() -> None:
    check_target(parse_database_url("sqlite:///data/ok/db?_fk=1"), TargetRules(("/data/ok/",)))
    check_target(parse_database_url("sqlite://relative.db"), TargetRules(folders=None))


def test_a_socket_is_refused_in_a_cluster() -> None:
    with pytest.raises(SpecError, match="sockets"):
        check_target(parse_database_url("postgres:///db?host=/var/run/postgresql"), TargetRules())


OWN = RegistryAddress("https://own.example", "own-token")


@pytest.mark.parametrize("url", ["", "https://own.example", "https://OWN.example:443/"])
def test_the_own_token_goes_to_the_own_address(url: str) -> None:
    spec = read_migration({"cloud": {"url": url} if url else {}}).cloud
    assert registry_address(spec, OWN, read_nothing).token == "own-token"


@pytest.mark.parametrize(
    "url",
    ["https://evil.example", "http://own.example", "https://own.example.evil", "https://own.example:8443"],
)
def test_another_address_without_a_token_of_its_own_is_an_error(url: str) -> None:
    spec = read_migration({"cloud": {"url": url}}).cloud
    with pytest.raises(SpecError, match=r"spec.cloud.url needs spec.cloud.tokenFrom"):
        registry_address(spec, OWN, read_nothing)


def test_a_token_of_the_spec_goes_to_the_address_of_the_spec_alone() -> None:
    cloud = {"url": "https://other.example", "tokenFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}
    address = registry_address(read_migration({"cloud": cloud}).cloud, OWN, lambda _key: "theirs\n")
    assert (address.url, address.token) == ("https://other.example", "theirs")


@pytest.mark.parametrize("url", ["ftp://x", "https://u:p@x", "http://169.254.169.254", "https://[bad", "x"])
def test_an_address_that_is_none_or_is_refused_is_an_error(url: str) -> None:
    with pytest.raises(SpecError):
        registry_address(read_migration({"cloud": {"url": url}}).cloud, OWN, read_nothing)


def test_a_remote_directory_needs_a_registry_and_a_token() -> None:
    spec: dict[str, object] = {"url": TARGET, "dir": {"remote": {"name": "shop"}}}
    told = failure_of(spec).message
    assert told.startswith(
        "cannot use remote directory without a registry: start the operator with --cloud-url"
    )
    assert "spec.cloud.url and spec.cloud.tokenFrom" in told
    world = World(own_registry=RegistryAddress("https://own.example"))
    assert failure_of(spec, world).message.startswith("cannot use remote directory without Atlas Cloud token")
    assert world.registry.asked == []


@pytest.mark.parametrize(
    ("directory", "message"),
    [
        ({}, "no directory specified"),
        ({"local": FILES, "configMapRef": {"name": "x"}}, "cannot use both configmaps and local directory"),
        ({"local": FILES, "remote": {"name": "x"}}, "cannot use both remote and local directory"),
        ({"configMapRef": {"name": "x"}}, "configmap prod/x not found"),
    ],
)
def test_a_directory_comes_from_exactly_one_place(directory: dict[str, object], message: str) -> None:
    assert failure_of({"url": TARGET, "dir": directory}).message == message


def directory_from_config_map(data: dict[str, bytes]) -> list[str]:
    world = World()
    world.references.put_config_map("files", data)
    run = world.begin(resource_with({"url": TARGET, "dir": {"configMapRef": {"name": "files"}}}))
    run.spec = read_migration(run.resource.spec)
    find_directory(run)
    return [file.name for file in run.directory.files]


def archive_of(*names: str) -> bytes:
    return gzip.compress(pack(Entry(name, b"CREATE TABLE a (id int);") for name in names))


def test_a_config_map_holds_files_or_one_archive() -> None:
    assert directory_from_config_map({"2.sql": b"x", "1.sql": b"y"}) == ["1.sql", "2.sql"]
    assert directory_from_config_map({"dir.tar.gz": archive_of("1_a.sql", "2_b.sql")}) == [
        "1_a.sql",
        "2_b.sql",
    ]


def test_an_archive_beside_other_keys_is_refused() -> None:
    with pytest.raises(DirectoryError, match=r"dir.tar.gz"):
        directory_from_config_map({"dir.tar.gz": archive_of("1.sql"), "2.sql": b""})


def test_a_sum_that_is_there_must_fit_and_says_where_it_does_not() -> None:
    good = directory_with(FILES).sum_text or ""
    world = World()
    spec: dict[str, object] = {"url": TARGET, "dir": {"local": FILES | {"atlas.sum": good}}}
    assert resolve_migration(world.begin(resource_with(spec))) is None
    edited = {"1_a.sql": "DROP TABLE a;", "atlas.sum": good}
    failed = failure_of({"url": TARGET, "dir": {"local": edited}})
    assert (failed.reason, failed.message) == (
        ChecksumMismatch.reason, "local: checksum mismatch: L2: 1_a.sql was edited",
    )  # fmt: skip


def test_a_directory_of_a_registry_must_have_its_sum() -> None:
    world = World(own_registry=OWN)
    world.registry.directories["atlas://shop"] = replace(directory_with(FILES), sum_text=None)
    failed = failure_of({"url": TARGET, "dir": {"remote": {"name": "shop", "tag": "latest"}}}, world)
    assert failed.message == "atlas://shop: checksum file not found"


def stored(name: str, version: str, value: bytes = b"x") -> Stored:
    return Stored(SECRET, name, "uid", version, {"k": value})


def test_the_hash_covers_which_state_of_a_secret_was_read_and_never_its_value() -> None:
    spec = {"a": 1}
    base = observed_hash(spec, "sum", [stored("s", "1")])
    assert base == observed_hash(spec, "sum", [stored("s", "1", b"another value"), stored("s", "1")])
    assert base == observed_hash(dict(reversed(spec.items())), "sum", [stored("s", "1")])
    assert len({base, observed_hash(spec, "sum", [stored("s", "2")]), observed_hash(spec, "other", [stored("s", "1")]),
                observed_hash({"a": 2}, "sum", [stored("s", "1")]), observed_hash(spec, "sum", [])}) == 5  # fmt: skip
