"""Which token a resource is given: its own, that of its namespace, the operator's; and what is lent to it besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from atlas.errors import Unavailable
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed, Outcome, Ready
from atlas.reconcile.ports import BackupRules, NamespaceTokens
from atlas.reconcile.tenants import looked_for, registry_of
from atlas.wire.contract import RegistryAddress

from tests.fakes.backed_up import OWN, S3, push_files
from tests.fakes.config_house import Allowing, env, migration, refused, resolved
from tests.fakes.directories import directory_with
from tests.fakes.reconcile import TARGET, World, resource_with
from tests.fakes.schema_house import House, failed, resource

if TYPE_CHECKING:
    from atlas.reconcile.resource import Resource

FILES = {"1_a.sql": "CREATE TABLE a (id int);"}
OURS = NamespaceTokens(secret="atlas-token")
REQUIRED = NamespaceTokens(secret="atlas-token", is_required=True)
OWN_TOKEN = {"tokenFrom": {"secretKeyRef": {"name": "mine", "key": "token"}}}
NO_TOKEN = (
    "namespace prod has no token for http://registry, and this operator lends its own to nobody: expected the key "
    '"token" in a Secret prod/atlas-token, or spec.cloud.tokenFrom'
)


class Shared(World):
    """A cluster that several teams share: the operator has a registry, a token for it and a backup of it."""

    def __init__(self, tokens: NamespaceTokens, *, of_namespace: str = "") -> None:
        super().__init__()
        self.own_registry = RegistryAddress(OWN, "operators-token")
        self.backup_rules = BackupRules(default=(S3,))
        self.namespace_tokens = tokens
        self.registry.directories["atlas://shop?tag=v1"] = directory_with(FILES)
        self.references.put_secret("mine", {"token": "my-token"})
        if of_namespace:
            self.references.put_secret("atlas-token", {"token": of_namespace})

    def run(self, resource: Resource) -> Outcome:
        return reconcile_migration(self.begin(resource))

    @property
    def tokens_seen(self) -> set[str | None]:
        return {address.token for address in self.registry.asked}


def remote(cloud: dict[str, object] | None = None) -> Resource:
    return resource_with(
        {"url": TARGET, "dir": {"remote": {"name": "shop", "tag": "v1"}}, "cloud": cloud or {}}
    )


@pytest.mark.parametrize(
    ("tokens", "of_namespace", "cloud", "expected"),
    [
        (NamespaceTokens(), "tenants-token", {}, "operators-token"),
        (OURS, "", {}, "operators-token"),
        (OURS, "tenants-token\n", {}, "tenants-token"),
        (OURS, "tenants-token", {"url": "HTTP://registry:80/"}, "tenants-token"),
        (OURS, "tenants-token", OWN_TOKEN, "my-token"),
        (REQUIRED, "tenants-token", {}, "tenants-token"),
        (REQUIRED, "", OWN_TOKEN, "my-token"),
        (OURS, "tenants-token", {"url": "http://other", **OWN_TOKEN}, "my-token"),
    ],
)
def test_pulls_and_reports_go_with_one_token(
    tokens: NamespaceTokens, of_namespace: str, cloud: dict[str, object], expected: str
) -> None:
    world = Shared(tokens, of_namespace=of_namespace)
    assert isinstance(world.run(remote(cloud)), Ready)
    assert world.tokens_seen == {expected}
    assert len(world.registry.reports) == 1


def test_the_token_of_a_namespace_goes_to_no_other_address() -> None:
    world = Shared(OURS, of_namespace="tenants-token")
    outcome = world.run(remote({"url": "http://other"}))
    assert isinstance(outcome, Failed)
    assert "spec.cloud.tokenFrom" in outcome.message
    assert world.registry.asked == []


def test_a_resource_without_a_token_is_refused_where_the_operator_lends_none() -> None:
    world = Shared(REQUIRED)
    outcome = world.run(remote())
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.message) == ("LoginRequired", NO_TOKEN)
    assert world.registry.asked == []


def test_a_resource_that_needs_no_registry_needs_no_token() -> None:
    world = Shared(REQUIRED)
    assert isinstance(world.run(resource_with({"url": TARGET, "dir": {"local": FILES}})), Ready)
    assert world.registry.asked == []


@pytest.mark.parametrize("spec", [{"cloud": {"repo": "shop"}}, {"schema": {"url": "atlas://shop"}}])
def test_a_schema_with_plans_or_a_state_in_the_registry_is_refused_too(spec: dict[str, object]) -> None:
    house = House()
    house.own_registry = RegistryAddress(OWN, "operators-token")
    house.namespace_tokens = REQUIRED
    outcome = failed(house.reconcile(resource(**spec)))
    assert (outcome.reason, outcome.message) == ("LoginRequired", NO_TOKEN)
    assert house.targets.opened == []


@pytest.mark.parametrize(
    ("data", "said"), [({"other": "x"}, 'does not contain key "token"'), ({"token": " \n"}, "is empty")]
)
def test_a_secret_without_a_token_is_an_error_and_lets_nobody_use_the_operators(
    data: dict[str, str], said: str
) -> None:
    world = Shared(OURS)
    world.references.put_secret("atlas-token", data)
    outcome = world.run(remote())
    assert isinstance(outcome, Failed)
    assert said in outcome.message
    assert world.registry.asked == []


def test_the_hash_tells_states_of_the_secret_apart_and_so_does_its_absence() -> None:
    hashes = []
    for version in ("", "1", "2"):
        world = Shared(OURS)
        if version:
            world.references.put_secret("atlas-token", {"token": "t"}, version)
        outcome = world.run(remote())
        assert isinstance(outcome, Ready)
        hashes.append(outcome.observed_hash)
    assert len(set(hashes)) == 3


def test_a_secret_that_is_not_there_is_looked_for_and_not_where_a_resource_has_its_own() -> None:
    assert looked_for({}, OURS) == {("Secret", "atlas-token")}
    assert looked_for({"cloud": OWN_TOKEN}, OURS) == frozenset()
    assert looked_for({}, NamespaceTokens()) == frozenset()


def test_the_token_is_masked_as_every_secret_is() -> None:
    world = Shared(OURS, of_namespace="tenants-token")
    world.registry.error = Unavailable("http://registry answers 500: tenants-token is not welcome")
    outcome = world.run(remote())
    assert isinstance(outcome, Failed)
    assert "tenants-token" not in outcome.message


def out(world: Shared) -> Shared:
    """The registry does not answer, and the backup has the directory in three projects."""
    world.registry.error = Unavailable("http://registry cannot be reached")
    for project in ("default", "theirs", "others"):
        push_files(world, FILES, "v1", project=project)
    world.backups.opened.clear()
    return world


def projects_read(world: Shared) -> set[str]:
    return {project for _, _, project in world.backups.opened}


@pytest.mark.parametrize(("tokens", "token"), [(OURS, "tenants-token"), (REQUIRED, "tenants-token")])
def test_the_backups_of_the_operator_are_not_read_for_a_namespace_of_which_nobody_told_the_project(
    tokens: NamespaceTokens, token: str
) -> None:
    world = out(Shared(tokens, of_namespace=token))
    outcome = world.run(remote({"project": "others"}))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "Unavailable"
    assert world.backups.opened == []


def test_they_are_read_under_the_project_that_the_operator_was_told_and_no_label_changes_that() -> None:
    tokens = NamespaceTokens(secret="atlas-token", projects={"prod": "theirs"})
    world = out(Shared(tokens, of_namespace="tenants-token"))
    assert isinstance(world.run(remote({"project": "others"})), Ready)
    assert projects_read(world) == {"theirs"}


def test_what_their_project_lacks_is_not_taken_from_the_default_one() -> None:
    tokens = NamespaceTokens(secret="atlas-token", projects={"prod": "empty"})
    world = out(Shared(tokens, of_namespace="tenants-token"))
    outcome = world.run(remote())
    assert isinstance(outcome, Failed)
    assert projects_read(world) == {"empty"}


def test_a_token_of_a_resource_opens_no_backup_of_the_operator_either_where_nothing_is_lent() -> None:
    world = out(Shared(REQUIRED))
    assert isinstance(world.run(remote({"project": "others", **OWN_TOKEN})), Failed)
    assert world.backups.opened == []


@pytest.mark.parametrize("url", [{}, {"url": OWN}, {"url": "HTTP://registry:80/"}])
@pytest.mark.parametrize("of_namespace", ["", "tenants-token"])
def test_nor_where_the_operator_lends_its_token_to_others(url: dict[str, object], of_namespace: str) -> None:
    world = out(Shared(OURS, of_namespace=of_namespace))
    outcome = world.run(remote({"project": "others", **url, **OWN_TOKEN}))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "Unavailable"
    assert world.backups.opened == []


def test_it_goes_by_the_project_of_the_namespace_like_one_without_a_token_of_its_own() -> None:
    tokens = NamespaceTokens(secret="atlas-token", projects={"prod": "theirs"})
    world = out(Shared(tokens))
    assert isinstance(world.run(remote({"project": "others", **OWN_TOKEN})), Ready)
    assert projects_read(world) == {"theirs"}


@pytest.mark.parametrize("url", [{}, {"url": "http://other"}])
def test_a_token_of_its_own_lends_no_credentials_to_a_backup_that_it_names(url: dict[str, object]) -> None:
    world = out(Shared(OURS))
    outcome = world.run(remote({"project": "others", "backup": [{"url": S3}], **url, **OWN_TOKEN}))
    assert isinstance(outcome, Failed)
    assert "--namespace-project" in outcome.message
    assert world.backups.opened == []


def test_a_backup_that_a_resource_names_needs_credentials_of_its_own() -> None:
    world = out(Shared(REQUIRED, of_namespace="tenants-token"))
    outcome = world.run(remote({"backup": [{"url": S3}]}))
    assert isinstance(outcome, Failed)
    assert "--namespace-project" in outcome.message
    world.references.put_secret("aws", {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"})
    with_credentials = {"url": S3, "credentialsFrom": {"secretRef": {"name": "aws"}}}
    assert isinstance(world.run(remote({"project": "theirs", "backup": [with_credentials]})), Ready)
    assert projects_read(world) == {"theirs"}


def test_without_tokens_of_namespaces_nothing_else_is_read() -> None:
    world = Shared(NamespaceTokens(), of_namespace="tenants-token")
    run = world.begin(remote())
    reconcile_migration(run)
    assert run.read == []
    assert registry_of(run).is_tenant is False


def with_data_of_a_registry() -> Resource:
    text = f'url = "{TARGET}"\n migration {{\n dir = data.remote_dir.x.url\n }}'
    return migration(env(text, 'data "remote_dir" "x" {\n name = "shop"\n}'))


def test_data_sources_of_a_project_file_are_answered_with_the_same_token() -> None:
    world = Allowing(namespace_tokens=OURS, own_registry=RegistryAddress(OWN, "operators-token"))
    world.references.put_secret("atlas-token", {"token": "tenants-token"})
    world.project.answers["remote_dir"] = {"url": "atlas://shop?tag=v1"}
    world.registry.directories["atlas://shop?tag=v1"] = directory_with(FILES)
    resolved(world, with_data_of_a_registry())
    assert {address.token for address in (*world.project.addresses, *world.registry.asked)} == {
        "tenants-token"
    }


def test_and_with_none_where_the_namespace_has_none() -> None:
    world = Allowing(namespace_tokens=REQUIRED, own_registry=RegistryAddress(OWN, "operators-token"))
    world.project.answers["remote_dir"] = {"url": "atlas://shop?tag=v1"}
    outcome = refused(world, with_data_of_a_registry())
    assert NO_TOKEN in outcome.message
    assert (world.project.addresses, world.registry.asked) == ([], [])
