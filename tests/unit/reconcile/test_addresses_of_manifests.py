"""Every field of both kinds in which an address can stand, with every way of writing one that nobody may reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from atlas.errors import SpecError
from atlas.reconcile.addresses import check_address
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed
from atlas.reconcile.ports import TargetRules
from atlas.wire.contract import RegistryAddress

from tests.fakes.config_house import Allowing, env, migration, refused
from tests.fakes.reconcile import TARGET, World, resource_with
from tests.fakes.schema_house import ONE, House, resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.reconcile.outcome import Outcome

EVIL_HOSTS = [
    "169.254.169.254",
    "169.254.169.254.",
    "169.254.170.23",
    "169.254.43518",
    "2852039166",
    "0xa9fea9fe",
    "0XA9.0xFE.0251.254",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[fd00:ec2::23]",
    "[FD20:CE::254]",
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[::a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::a9fe:a9fe]",
    "[2002:a9fe:a9fe::1]",
    "100.100.100.200",
    "168.63.129.16",
    "metadata",
    "METADATA.google.internal.",
    "instance-data.ec2.internal",
    "metadata.azure.internal",
]
LOCAL = {"dir": {"local": {"1_a.sql": "CREATE TABLE a (id int);"}}}
TOKEN = {"tokenFrom": {"secretKeyRef": {"name": "secret", "key": "token"}}}
AWS = {"credentialsFrom": {"secretRef": {"name": "aws"}}}
KEY = {"secretKeyRef": {"name": "secret", "key": "value"}}


def of_url(host: str) -> str:
    return f"postgres://app:pw@{host}:5432/app"


def bare(host: str) -> str:
    return host.strip("[]")


FIELDS: dict[str, Callable[[str], dict[str, Any]]] = {
    "url": lambda host: {"url": of_url(host)},
    "url of several hosts": lambda host: {"url": f"postgres://app:pw@db.example:1,{host}:2/app"},
    "url of several hosts, the first": lambda host: {"url": f"postgres://app:pw@{host}:1,db.example:2/app"},
    "url with the key host": lambda host: {"url": f"postgres:///app?host={bare(host)}"},
    "url with several in the key host": lambda host: {"url": f"postgres:///app?host=db.example,{bare(host)}"},
    "url with the key hostaddr": lambda host: {"url": f"postgres://db/app?hostaddr={bare(host)}"},
    "url of mariadb": lambda host: {"url": f"maria://app:pw@{host}:3306/app"},
    "credentials.host": lambda host: {"credentials": {"scheme": "postgres", "host": host, "database": "app"}},
    "credentials.parameters": lambda host: {
        "credentials": {"scheme": "postgres", "host": "db", "parameters": {"hostaddr": bare(host)}}
    },
    "devURL": lambda host: {"url": TARGET, "devURL": of_url(host)},
    "cloud.url": lambda host: {"url": TARGET, "cloud": {"url": f"http://{host}:80/x", **TOKEN}},
    "cloud.backup": lambda host: {
        "url": TARGET,
        "cloud": {"backup": [{"url": f"s3://b/x?endpoint=http://{host}:80", **AWS}]},
    },
}
BY_SECRET: dict[str, Callable[[str], tuple[dict[str, Any], str]]] = {
    "urlFrom": lambda host: ({"urlFrom": KEY}, of_url(host)),
    "credentials.hostFrom": lambda host: (
        {"credentials": {"scheme": "postgres", "hostFrom": KEY, "database": "app"}},
        host,
    ),
    "devURLFrom": lambda host: ({"url": TARGET, "devURLFrom": KEY}, of_url(host)),
}
OF_SCHEMAS_ONLY = {"devURL", "devURLFrom"}
OF_MIGRATIONS_ONLY = {"cloud.url"}


def in_cluster(world: World, value: str = "x") -> None:
    world.own_registry = RegistryAddress("http://registry", "own-token")
    world.rules = TargetRules(())
    world.references.put_secret("secret", {"value": value, "token": "t"})
    world.references.put_secret("aws", {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"})


def of_migration(spec: dict[str, Any], value: str = "x") -> tuple[Outcome, World]:
    world = World()
    in_cluster(world, value)
    return reconcile_migration(world.begin(resource_with(spec | LOCAL))), world


def of_schema(spec: dict[str, Any], value: str = "x") -> tuple[Outcome, World]:
    house = House()
    in_cluster(house, value)
    found = resource(ONE)
    whole = {"schema": found.spec["schema"], **spec}
    return house.reconcile(
        type(found)(
            kind=found.kind, namespace="prod", name="shop", uid="u", generation=1, spec=whole, status={}
        )
    ), house


KINDS = [("AtlasMigration", of_migration), ("AtlasSchema", of_schema)]
IN_BOTH = [
    (kind, run, field)
    for kind, run in KINDS
    for field in (*FIELDS, *BY_SECRET)
    if field not in (OF_SCHEMAS_ONLY if kind == "AtlasMigration" else OF_MIGRATIONS_ONLY)
]


@pytest.mark.parametrize(
    ("kind", "run", "field"), IN_BOTH, ids=[f"{kind} {field}" for kind, _, field in IN_BOTH]
)
def test_no_field_leads_to_a_metadata_or_link_local_address(
    kind: str, run: Callable[..., tuple[Outcome, World]], field: str
) -> None:
    passed = []
    for host in EVIL_HOSTS:
        spec, value = (FIELDS[field](host), "x") if field in FIELDS else BY_SECRET[field](host)
        outcome, world = run(spec, value)
        words = ("link-local and metadata addresses", "invalid port")  # a list may not even parse
        refused = isinstance(outcome, Failed) and any(each in outcome.message for each in words)
        opened = [url for url in world.targets.opened if bare(host) in str(url)]
        if not refused or opened or world.registry.asked:
            passed.append((host, outcome))
    assert passed == []


@pytest.mark.parametrize(
    "url",
    [
        "postgres:///app?host=/var/run/postgresql",
        "postgres:///app?host=db.example,/var/run/postgresql",
        "postgres:///app?host=@abstract",
        "mysql+unix:///run/mysqld.sock?database=app",
        "maria+unix:///run/mysqld.sock?database=app",
    ],
)
def test_no_socket_of_the_operators_pod_is_a_target(url: str) -> None:
    for run in (of_migration, of_schema):
        outcome, world = run({"url": url})
        assert isinstance(outcome, Failed)
        assert "unix sockets are refused in a cluster" in outcome.message
        assert world.targets.opened == []


@pytest.mark.parametrize("url", ["sqlite:///etc/app.db", "sqlite://app.db", "sqlite://file:/etc/app.db"])
@pytest.mark.parametrize("field", ["url", "devURL"])
def test_no_file_outside_the_allowed_folders_is_a_target(url: str, field: str) -> None:
    for run in (of_migration, of_schema) if field == "url" else (of_schema,):
        outcome, world = run({"url": TARGET, field: url})
        assert isinstance(outcome, Failed)
        assert "--allow-path" in outcome.message
        assert [each for each in world.targets.opened if each.driver == "sqlite"] == []


@pytest.mark.parametrize("key", ["sslcert", "sslkey", "sslrootcert", "sslcrl", "passfile", "service"])
def test_no_key_of_a_url_names_a_file_of_the_operators_pod(key: str) -> None:
    outcome, world = of_migration({"url": f"{TARGET}&{key}=/var/run/secrets/x"})
    assert isinstance(outcome, Failed)
    assert f'the key "{key}"' in outcome.message
    assert "s3cret-word" not in outcome.message
    assert world.targets.opened == []


def test_a_certificate_below_an_allowed_folder_and_those_of_the_system_may_be_named() -> None:
    world = World(rules=TargetRules(("/etc/tls",)))
    for value in ("/etc/tls/ca.crt", "system"):
        spec = {"url": f"{TARGET}&sslrootcert={value}"} | LOCAL
        assert not isinstance(reconcile_migration(world.begin(resource_with(spec))), Failed)


@pytest.mark.parametrize(
    "text", ["\uff11\uff16\uff19.254.169.254", "169\u3002254\u3002169\u3002254", "\uff4detadata.goog"]
)
def test_what_resolvers_read_as_ascii_is_read_as_ascii(text: str) -> None:
    with pytest.raises(SpecError, match="link-local"):
        check_address(text)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "db.prod.svc", "[fd00::1]", "[2001:db8::1]", "metadata-db", "[::1]", ""]
)
def test_ordinary_addresses_are_served(host: str) -> None:
    check_address(host)


PROJECT_FILES: dict[str, Callable[[str], str]] = {
    "url": lambda host: env(f'url = "{of_url(host)}"'),
    "cloud.url": lambda host: (
        f'atlas {{\n cloud {{\n url = "http://{host}/x"\n token = "t"\n }}\n}}\n' + env(f'url = "{TARGET}"')
    ),
    "migration.repo.backup": lambda host: env(
        f'url = "{TARGET}"\n migration {{\n dir = "atlas://shop"\n repo {{\n name = "shop"\n'
        f' backup = ["s3://b/x?endpoint=http://{host}"]\n }}\n }}'
    ),
    "data.sql": lambda host: env(
        "url = data.sql.x.value", f'data "sql" "x" {{\n url = "{of_url(host)}"\n query = "SELECT 1"\n}}'
    ),
    "data.runtimevar": lambda host: env(
        "url = data.runtimevar.x", f'data "runtimevar" "x" {{\n url = "http://{host}/"\n}}'
    ),
}


@pytest.mark.parametrize("field", PROJECT_FILES)
def test_no_field_of_a_project_file_does_either(field: str) -> None:
    for host in EVIL_HOSTS:
        world = Allowing()
        in_cluster(world)
        failed = refused(world, migration(PROJECT_FILES[field](host)))
        assert "link-local and metadata addresses" in failed.message, host
        assert world.project.reads == []
