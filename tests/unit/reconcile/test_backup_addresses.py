"""Which backups a resource may name: with credentials of its own, on the operator's word, in a folder, or not at all."""

from __future__ import annotations

import pytest
from atlas.errors import SpecError
from atlas.reconcile.backup_spec import BackupSpec, check_backup, is_chosen
from atlas.reconcile.migration import reconcile_migration
from atlas.reconcile.outcome import Failed
from atlas.reconcile.ports import BackupRules, TargetRules
from atlas.reconcile.references import references_of

from tests.fakes.reconcile import TARGET, World, resource_with

IN_CLUSTER = TargetRules(("/srv/allowed",))
OWN_MACHINE = TargetRules(None)
RULES = BackupRules(
    default=("s3://ours/atlas?region=eu-west-1&endpoint=https://store.example",),
    allowed=("s3://shared/teams", "file:///srv/backups", "azblob://box?storage_account=acme"),
)


def check(url: str, secret: str = "", rules: TargetRules = IN_CLUSTER) -> None:
    check_backup(BackupSpec(url, secret), RULES, rules)


@pytest.mark.parametrize(
    "url",
    [
        "s3://ours/atlas?region=eu-west-1&endpoint=https://store.example",
        "s3://ours/atlas/deeper?endpoint=https://store.example&region=eu-central-1",
        "s3://shared/teams",
        "s3://shared/teams/?region=eu-west-1",
        "s3://shared/teams?prefix=shop",
        "s3://shared/teams/shop",
        "azblob://box/shop?storage_account=acme",
        "file:///srv/backups",
        "file:///srv/backups/shop",
        "file:///srv/allowed/backup",
        "file:///srv/allowed",
    ],
)
def test_what_the_operator_was_given_may_be_named_without_credentials(url: str) -> None:
    check(url)


@pytest.mark.parametrize(
    "url",
    [
        "s3://ours",
        "s3://ours/atlas",
        "s3://ours/atlas?endpoint=https://elsewhere.example",
        "s3://ours/atlas-of-others?endpoint=https://store.example",
        "s3://shared",
        "s3://shared/team",
        "s3://shared/teams-of-others",
        "s3://shared?prefix=teams-of-others",
        "s3://shared/teams?endpoint=https://elsewhere.example",
        "s3://shared/teams?profile=admin",
        "s3://shared/teams?role=arn:aws:iam::1:role/admin",
        "s3://shared/teams?region=eu-west-1&anonymous=true",
        "s3://shared/teams?prefix=../others",
        "s3://shared/teams%2f..%2fothers",
        "S3://SHARED/teams",
        "gs://shared/teams",
        "azblob://box/shop?storage_account=evil",
        "azblob://box/shop?storage_account=acme&domain=evil.example",
    ],
)
def test_other_addresses_need_credentials_of_their_own(url: str) -> None:
    with pytest.raises(SpecError, match=r"--allow-backup|is no address"):
        check(url)


def test_any_bucket_may_be_named_with_credentials() -> None:
    check("s3://anybody/at-all?region=eu-west-1&endpoint=https://store.example", "aws")
    check("gs://anybody/at-all", "google")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/backup",
        "file:///srv/allowed-not/x",
        "file:///srv/allowed/../../etc",
        "file:///srv/allowed/%2e%2e/secrets",
        "file:///srv/backups/../x",
    ],
)
def test_folders_outside_the_allowed_ones_are_refused(url: str) -> None:
    with pytest.raises(SpecError, match=r"--allow-path|is no address"):
        check(url)


@pytest.mark.parametrize("secret", ["", "aws"])
@pytest.mark.parametrize("rules", [IN_CLUSTER, OWN_MACHINE])
@pytest.mark.parametrize(
    "url",
    [
        "s3://b/x?endpoint=http://169.254.169.254",
        "s3://b/x?endpoint=http://169.254.169.254:80/latest",
        "s3://b/x?endpoint=http://2852039166",
        "s3://b/x?endpoint=http://[fd00:ec2::254]",
        "s3://b/x?endpoint=http://[64:ff9b::a9fe:a9fe]",
        "s3://b/x?endpoint=http://metadata.google.internal",
        "s3://b/x?endpoint=169.254.169.254",
        "s3://shared/teams?endpoint=http://169.254.170.2",
        "azblob://box?domain=169.254.169.254&localemu=true",
        "azblob://box?domain=metadata.google.internal:80&cdn=true",
        "gs://b?universe_domain=metadata.google.internal",
    ],
)
def test_metadata_addresses_are_refused_whoever_names_them(url: str, secret: str, rules: TargetRules) -> None:
    with pytest.raises(SpecError, match="metadata addresses are never a target"):
        check(url, secret, rules)


def test_on_a_persons_own_machine_there_is_no_list() -> None:
    check("s3://anything", rules=OWN_MACHINE)
    check("file:///anywhere/backup", rules=OWN_MACHINE)


def test_a_folder_takes_no_credentials() -> None:
    with pytest.raises(SpecError, match="takes no credentials"):
        check("file:///srv/allowed/backup", "aws")


@pytest.mark.parametrize("url", ["", "shop", "//host/x", "s3://[x"])
def test_what_is_no_address_is_told_by_its_place(url: str) -> None:
    with pytest.raises(SpecError, match=r"^spec\.cloud\.backup"):
        check(url, "aws")


@pytest.mark.parametrize(
    ("backup", "words"),
    [
        ({"url": ""}, "spec.cloud.backup[0].url is not set"),
        ({"url": "s3://b", "credentialsFrom": {"secretRef": {"name": ""}}}, "needs secretRef.name"),
        ({"url": 5}, "spec.cloud.backup[0].url must be a text"),
        ({"url": "s3://u:pass-word@b?x=s3cr3t"}, "spec.cloud.backup[0] (s3://b)"),
    ],
)
def test_a_backup_is_refused_before_anything_is_read(backup: dict[str, object], words: str) -> None:
    world = World()
    outcome = reconcile_migration(
        world.begin(resource_with({"url": TARGET, "dir": {"local": {}}, "cloud": {"backup": [backup]}}))
    )
    assert isinstance(outcome, Failed)
    assert words in outcome.message
    assert "pass-word" not in outcome.message
    assert "s3cr3t" not in outcome.message
    assert world.backups.opened == []


def test_the_secrets_of_backups_are_watched_as_every_reference() -> None:
    backup = {"url": "s3://b", "credentialsFrom": {"secretRef": {"name": "aws"}}}
    assert references_of({"cloud": {"backup": [backup]}}) == {("Secret", "aws")}


def test_what_an_operator_was_given_includes_what_is_below_it() -> None:
    assert is_chosen("file:///srv/backups/shop", RULES.allowed)
    assert not is_chosen("file:///srv/backups-of-others", RULES.allowed)
