"""Who we are to S3, from every source that AWS has: an AWS on loopback that checks each signature and each policy."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import httpx
import pytest
from atlas.buckets import open_bucket
from atlas.errors import Forbidden, SpecError, Unauthorized, Unavailable
from botocore.utils import ContainerMetadataFetcher

from tests.integration.sources.conftest import Web, served
from tests.servers.moto import moto

BUCKET = "my-atlas-backups"
URL = f"s3://{BUCKET}/migrations?region=us-east-1"
ROLE = "arn:aws:iam::123456789012:role/deployer"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "buckets.md"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}
MAY_TAKE_ON = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": ROLE}],
}


@dataclass(frozen=True)
class Keys:
    """Access keys; temporary ones have a token."""

    key_id: str
    secret: str
    token: str = ""

    @property
    def environ(self) -> dict[str, str]:
        named = {"AWS_ACCESS_KEY_ID": self.key_id, "AWS_SECRET_ACCESS_KEY": self.secret}
        return {**named, "AWS_SESSION_TOKEN": self.token} if self.token else named

    def section(self, title: str) -> str:
        lines = [f"{name.lower()} = {value}" for name, value in self.environ.items()]
        return "\n".join([f"[{title}]", *lines, ""])

    @property
    def document(self) -> bytes:
        """As metadata servers hand them out."""
        return json.dumps(
            {
                "Code": "Success",
                "Type": "AWS-HMAC",
                "LastUpdated": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
                "AccessKeyId": self.key_id,
                "SecretAccessKey": self.secret,
                "Token": self.token,
                "Expiration": f"{datetime.now(UTC) + timedelta(hours=6):%Y-%m-%dT%H:%M:%SZ}",
            }
        ).encode()


@dataclass(frozen=True)
class Aws:
    """The AWS: its address, a user that may use the bucket, one that may nothing, and keys of the role."""

    url: str
    user: Keys
    nobody: Keys
    session: Keys

    def let_in(self, requests: float) -> None:
        """Check signatures and policies of all requests but the next few."""
        httpx.post(f"{self.url}/moto-api/reset-auth", content=str(requests)).raise_for_status()


@pytest.fixture(scope="module")
def guarded() -> Iterator[Aws]:
    with moto() as store:
        yield Aws(store.url, *prepared(store.url))


def prepared(url: str) -> tuple[Keys, Keys, Keys]:
    root = boto3.Session("root", "root", region_name="us-east-1")
    iam, sts = (root.client(name, endpoint_url=url) for name in ("iam", "sts"))
    policy = least_policy()
    found = []
    for name in ("user", "nobody"):
        iam.create_user(UserName=name)
        made = iam.create_access_key(UserName=name)["AccessKey"]
        found.append(Keys(made["AccessKeyId"], made["SecretAccessKey"]))
    for name, document in (("bucket", policy), ("role", json.dumps(MAY_TAKE_ON))):
        iam.put_user_policy(UserName="user", PolicyName=name, PolicyDocument=document)
    iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.put_role_policy(RoleName="deployer", PolicyName="bucket", PolicyDocument=policy)
    taken = sts.assume_role(RoleArn=ROLE, RoleSessionName="machine")["Credentials"]
    root.client("s3", endpoint_url=url).create_bucket(Bucket=BUCKET)
    for client in (iam, sts):
        client.close()
    session = Keys(taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"])
    return found[0], found[1], session


def least_policy() -> str:
    """The policy of the page of buckets."""
    found = re.search(r"^```json\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert found
    assert BUCKET in found[1]
    return found[1]


@pytest.fixture
def aws(guarded: Aws, no_clouds: None, monkeypatch: pytest.MonkeyPatch) -> Aws:
    """The AWS, for a process that has no credentials yet."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", guarded.url)
    guarded.let_in(0)
    return guarded


def every_method_works(url: str = URL, credentials: dict[str, str] | None = None) -> None:
    bucket, key = open_bucket(url, credentials), f"a/{secrets.token_hex(4)}"
    etag = bucket.put_if_absent(key, b"one")
    etag = bucket.put_if_unchanged(key, b"two", etag=etag)
    assert bucket.get(key) == (b"two", etag)
    assert bucket.head(key) == etag
    assert key in list(bucket.list("a/"))
    bucket.delete(key)


def in_home(tmp_home: str, name: str, text: str) -> None:
    folder = Path(tmp_home) / ".aws"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)


@pytest.fixture
def home(aws: Aws) -> str:
    import os

    return os.environ["HOME"]


def set_all(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)


def test_keys_of_the_environment(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, aws.user.environ)
    every_method_works()


def test_temporary_keys_of_the_environment_with_their_token(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, aws.session.environ)
    every_method_works()


def test_the_default_profile_of_the_credentials_file(aws: Aws, home: str) -> None:
    in_home(home, "credentials", aws.user.section("default"))
    every_method_works()


def test_the_default_profile_of_the_config_file_with_its_region(aws: Aws, home: str) -> None:
    in_home(home, "config", aws.user.section("default") + "region = eu-central-1\n")
    every_method_works(f"s3://{BUCKET}/migrations")


def test_the_profile_of_the_environment(aws: Aws, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_home(home, "config", aws.nobody.section("default") + aws.user.section("profile ci"))
    monkeypatch.setenv("AWS_PROFILE", "ci")
    every_method_works()


def test_the_profile_of_the_address_comes_before_keys_of_the_environment(
    aws: Aws, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_home(home, "credentials", aws.user.section("backups"))
    set_all(monkeypatch, aws.nobody.environ)
    every_method_works(f"{URL}&profile=backups")


def test_files_elsewhere(aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").write_text(aws.user.section("default"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "mine"))
    every_method_works()


def test_the_role_of_a_profile(aws: Aws, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    in_home(home, "credentials", aws.user.section("person"))
    in_home(home, "config", f"[profile deploy]\nrole_arn = {ROLE}\nsource_profile = person\n")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    every_method_works(f"{URL}&profile=deploy")


def test_the_role_of_the_address(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, aws.user.environ)
    every_method_works(f"{URL}&role={ROLE}")


def test_a_role_that_may_not_be_taken_on_is_told(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, aws.nobody.environ)
    bucket = open_bucket(f"{URL}&role={ROLE}")
    with pytest.raises(Unauthorized, match=r"the role cannot be taken on \(AccessDenied\)"):
        bucket.get("a")


def test_the_role_of_the_instance(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    with served() as metadata:
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url)
        metadata.says("/latest/api/token", b"a-token-of-imds")
        metadata.says("/latest/meta-data/iam/security-credentials/", b"deployer")
        metadata.says("/latest/meta-data/iam/security-credentials/deployer", aws.session.document)
        every_method_works()
        asked = [
            (method, headers.get("x-aws-ec2-metadata-token")) for method, _, headers, _ in metadata.asked
        ]
    assert asked[0][0] == "PUT"
    assert all(token == "a-token-of-imds" for method, token in asked if method == "GET")


def test_the_container_of_ecs(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    with served() as metadata:
        # The address of the agent of ECS is written into the library: 169.254.170.2, which only a container has.
        monkeypatch.setattr(ContainerMetadataFetcher, "IP_ADDRESS", metadata.url.removeprefix("http://"))
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/1")
        metadata.says("/v2/credentials/1", aws.session.document)
        every_method_works()


def test_the_container_of_eks_with_its_token(
    aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("a-token-of-the-pod")
    with served() as metadata:
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{metadata.url}/v1/credentials")
        monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", str(tmp_path / "token"))
        metadata.says("/v1/credentials", aws.session.document)
        every_method_works()
        assert headers_of(metadata)["Authorization"] == "a-token-of-the-pod"


def headers_of(metadata: Web) -> dict[str, str]:
    return dict(metadata.asked[0][2])


def test_web_identity(aws: Aws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("a-token-of-the-cluster")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ROLE_ARN", ROLE)
    aws.let_in(1)  # STS is asked without a signature: the token says who we are
    every_method_works()


@pytest.mark.parametrize("kind", ["user", "session"])
def test_given_keys_are_all_that_is_looked_at(
    aws: Aws, home: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, aws.nobody.environ)
    set_all(monkeypatch, {"AWS_PROFILE": "nosuch", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"})
    in_home(home, "credentials", aws.nobody.section("default"))
    given: Keys = getattr(aws, kind)
    every_method_works(f"{URL}&endpoint={aws.url}&use_path_style=true", given.environ)


def test_line_breaks_around_given_values_are_of_no_account(aws: Aws) -> None:
    given = {name: f"{value}\n" for name, value in aws.user.environ.items()}
    every_method_works(f"{URL}&endpoint={aws.url}&use_path_style=true", given)


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "[fd00:ec2::254]:80", "metadata.google.internal", "0xa9fea9fe"]
)
def test_given_keys_are_not_taken_to_metadata_addresses(aws: Aws, host: str) -> None:
    with pytest.raises(SpecError, match="link-local and metadata addresses"):
        open_bucket(f"{URL}&endpoint=http://{host}", aws.user.environ)


def test_given_keys_that_lack_one_do_not_fall_back_to_the_machine(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, aws.user.environ)
    with pytest.raises(SpecError, match="lack AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        open_bucket(URL, {})
    with pytest.raises(SpecError, match="lack AWS_SECRET_ACCESS_KEY"):
        open_bucket(URL, {"AWS_ACCESS_KEY_ID": "x"})
    with pytest.raises(SpecError, match='unknown credential "AWS_SECRET_KEY"'):
        open_bucket(URL, {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_KEY": "y"})
    with pytest.raises(SpecError, match='"profile" names credentials of this machine'):
        open_bucket(f"{URL}&profile=default", aws.user.environ)


def test_a_wrong_secret_is_told_and_never_shown(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Keys(aws.user.key_id, "wr0ng-s3cr3t-key")
    set_all(monkeypatch, wrong.environ)
    with pytest.raises(Unauthorized, match="does not know these credentials") as caught:
        open_bucket(URL).put_if_absent("a", b"")
    assert not {wrong.secret, wrong.key_id} & set(re.split(r"[\s\"'(),:]", str(caught.value)))


def test_keys_that_nobody_has(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, Keys("AKIANOBODY", "secret").environ)
    with pytest.raises(Unauthorized):
        open_bucket(URL).get("a")


def test_a_user_without_the_policy_is_forbidden(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, aws.nobody.environ)
    bucket = open_bucket(URL)
    with pytest.raises(
        Forbidden, match=r's3://my-atlas-backups/migrations: .* the object "a" \(AccessDenied\)'
    ):
        bucket.get("a")
    with pytest.raises(Forbidden, match="its list of objects"):
        bucket.list("")
    with pytest.raises(Forbidden):
        bucket.put_if_absent("a", b"")


def test_no_credentials_at_all(aws: Aws) -> None:
    with pytest.raises(Unauthorized, match="no credentials were found: set AWS_ACCESS_KEY_ID"):
        open_bucket(URL).get("a")


def test_a_profile_that_is_not_there(aws: Aws) -> None:
    with pytest.raises(SpecError, match="there is no such profile"):
        open_bucket(f"{URL}&profile=nosuch").get("a")


def test_credentials_of_a_container_that_does_not_answer(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/credentials")
    bucket = open_bucket(URL)
    with pytest.raises(Unavailable, match="credentials of this machine cannot be fetched"):
        bucket.get("a")
