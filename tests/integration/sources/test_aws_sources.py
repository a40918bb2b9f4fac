"""AWS on loopback (moto) and the real boto3."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.cli.conftest import Shell
from tests.integration.sources.conftest import Evaluation
from tests.servers.moto import moto

PYTHON = Path(sys.executable)
SECRET = "s3cr3t-v4lue"
STORED = f"""
import boto3
secrets = boto3.client("secretsmanager")
secrets.create_secret(Name="app/db", SecretString='{{"user": "app", "password": "{SECRET}"}}')
secrets.create_secret(Name="binary", SecretBinary=b"{SECRET}-bytes")
secrets.create_secret(Name="not-text", SecretBinary=b"\\xff\\xfe{SECRET}")
parameters = boto3.client("ssm")
parameters.put_parameter(Name="plain", Value="v1", Type="String")
parameters.put_parameter(Name="/app/db/password", Value="{SECRET}", Type="SecureString")
elsewhere = boto3.client("ssm", region_name="eu-central-1")
elsewhere.put_parameter(Name="plain", Value="of Frankfurt", Type="String")
bucket = boto3.client("s3")
bucket.create_bucket(Bucket="migrations")
for name, text in {{
    "app/1.sql": "CREATE TABLE a (id int);", "app/2.sql": "CREATE TABLE b (id int);", "app/README.md": "no",
    "app/old/0.sql": "SELECT broken", "other/1.sql": "SELECT broken",
}}.items():
    bucket.put_object(Bucket="migrations", Key=name, Body=text.encode())
bucket.put_object(Bucket="migrations", Key="summed/1.sql", Body=b"CREATE TABLE a (id int);")
bucket.put_object(Bucket="migrations", Key="summed/atlas.sum", Body=b"h1:broken\\n")
"""


@pytest.fixture(scope="module")
def aws() -> Iterator[dict[str, str]]:
    """The environment of a process that speaks to an AWS on loopback."""
    with moto() as store:
        environ = {
            "AWS_ENDPOINT_URL": store.url,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "a-secret-key-of-aws",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        subprocess.run(
            [str(PYTHON), "-c", STORED], env={"AWS_DEFAULT_REGION": "us-east-1", **environ}, check=True
        )
        yield environ


@pytest.fixture
def evaluate(atlas: Shell, aws: dict[str, str]) -> Evaluation:
    """``atlas`` in that environment."""
    return Evaluation(atlas.folder, {**atlas.environ, **aws}, (str(PYTHON), "-m", "atlas"))


def block(url: str) -> str:
    return f'data "runtimevar" "v" {{\n  url = "{url}"\n}}'


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("awssecretsmanager://binary?region=us-east-1&decoder=string", f"{SECRET}-bytes"),
        ("awsparamstore://plain?region=us-east-1&decoder=string", "v1"),
        ("awsparamstore://plain?region=eu-central-1&timeout=20s&awssdk=v2&wait=1m", "of Frankfurt"),
        ("awsparamstore:///app/db/password", SECRET),
    ],
)
def test_values_of_stores(evaluate: Evaluation, url: str, expected: str) -> None:
    assert evaluate(block(url), "data.runtimevar.v") == expected


def test_a_part_of_a_secret_goes_into_a_url(evaluate: Evaluation) -> None:
    expression = '"postgres://u:${urlescape(jsondecode(data.runtimevar.v).password)}@h/d"'
    found = evaluate(block("awssecretsmanager://app/db?region=us-east-1"), expression)
    assert found == f"postgres://u:{SECRET}@h/d"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "awssecretsmanager://nosuch",
            "awssecretsmanager://nosuch: An error occurred (ResourceNotFoundException)",
        ),
        ("awsparamstore://nosuch", "awsparamstore://nosuch: An error occurred (ParameterNotFound)"),
        ("awssecretsmanager://not-text", "the secret is binary and not UTF-8"),
        (
            "awssecretsmanager://app/db?colour=red",
            'awssecretsmanager://app/db: unknown query parameter "colour"',
        ),
        ("awssecretsmanager://app/db?profile=nosuch", "The config profile (nosuch) could not be found"),
        (
            "awsparamstore://plain?endpoint=http://127.0.0.1:1&timeout=1s",
            "Could not connect to the endpoint URL",
        ),
    ],
)
def test_what_a_store_refuses(evaluate: Evaluation, url: str, message: str) -> None:
    refused = evaluate.refusal(block(url), "data.runtimevar.v")
    assert message in refused
    assert SECRET not in refused
    assert "a-secret-key-of-aws" not in refused


def test_no_region_and_no_credentials_are_told_with_what_to_set(evaluate: Evaluation) -> None:
    blocks = block("awsparamstore://plain")
    refused = evaluate.refusal(blocks, "data.runtimevar.v", AWS_REGION="")
    assert "AWS: no region is known: give region, or set AWS_REGION" in refused
    refused = evaluate.refusal(blocks, "data.runtimevar.v", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
    assert "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in refused


TOKEN = """
data "aws_rds_token" "db" {
  endpoint = "db.example.us-east-2.rds.amazonaws.com:5432"
  username = "me@example"
  %s
}
"""


@pytest.mark.parametrize(("more", "region"), [("", "us-east-1"), ('region = "us-east-2"', "us-east-2")])
def test_a_token_of_rds_is_signed_for_the_user_and_the_region(
    evaluate: Evaluation, more: str, region: str
) -> None:
    token = evaluate(TOKEN % more, "data.aws_rds_token.db")
    assert token.startswith("db.example.us-east-2.rds.amazonaws.com:5432/?")
    query = parse_qs(urlsplit(f"//{token}").query)
    assert query["Action"] == ["connect"]
    assert query["DBUser"] == ["me@example"]
    assert query["X-Amz-Credential"][0].startswith("AKIDEXAMPLE/")
    assert query["X-Amz-Credential"][0].endswith(f"/{region}/rds-db/aws4_request")
    assert len(query["X-Amz-Signature"][0]) == 64


def test_a_profile_has_credentials_of_its_own(evaluate: Evaluation) -> None:
    folder = evaluate.folder / ".aws"
    folder.mkdir()
    (folder / "credentials").write_text("[other]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = x\n")
    token = evaluate(TOKEN % 'profile = "other"', "data.aws_rds_token.db")
    assert "AKIDOTHER" in token


def test_a_token_without_credentials_is_told(evaluate: Evaluation) -> None:
    refused = evaluate.refusal(
        TOKEN % "", "data.aws_rds_token.db", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY=""
    )
    assert "data.aws_rds_token.db: AWS: no credentials were found" in refused


BUCKET = """
data "blob_dir" "m" {
  url = "%s"
}
env "e" {
  url = "sqlite://e.db"
  migration {
    dir = data.blob_dir.m.url
  }
}
"""


def apply_from(evaluate: Evaluation, url: str) -> subprocess.CompletedProcess[str]:
    (evaluate.folder / "atlas.hcl").write_text(BUCKET % url)
    return subprocess.run(
        [*evaluate.program, "migrate", "apply", "--env", "e", "--format", "{{ json . }}"],
        cwd=evaluate.folder,
        env=dict(evaluate.environ),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_directory_in_a_bucket_is_applied(evaluate: Evaluation) -> None:
    done = apply_from(evaluate, "s3://migrations/app?region=us-east-1")
    assert done.returncode == 0, done.stderr
    assert [file["Name"] for file in json.loads(done.stdout)["Applied"]] == ["1.sql", "2.sql"]


def test_a_sum_in_a_bucket_is_checked(evaluate: Evaluation) -> None:
    done = apply_from(evaluate, "s3://migrations/summed")
    assert done.returncode == 1
    assert "checksum" in done.stderr + done.stdout


def test_a_bucket_without_migration_files_is_told(evaluate: Evaluation) -> None:
    done = apply_from(evaluate, "s3://migrations/nothing")
    assert "s3://migrations/nothing: no *.sql files" in done.stderr
    done = apply_from(evaluate, "s3://nosuch/app")
    assert "s3://nosuch/app: An error occurred (NoSuchBucket)" in done.stderr


def without(module: str, atlas: Shell) -> Evaluation:
    """``atlas`` where a package is not installed."""
    code = f"import sys; sys.modules['{module}'] = None; from atlas.__main__ import main; main()"
    return Evaluation(atlas.folder, atlas.environ, (str(PYTHON), "-c", code))


def test_without_boto3_the_message_says_what_to_install(atlas: Shell) -> None:
    for blocks, expression in (
        (block("awsparamstore://x"), "data.runtimevar.v"),
        (TOKEN % "", "data.aws_rds_token.db"),
    ):
        refused = without("boto3", atlas).refusal(blocks, expression)
        assert "run pip install 'atlas-operator[aws]'" in refused


def test_without_google_auth_the_message_says_what_to_install(atlas: Shell) -> None:
    refused = without("google.auth", atlas).refusal(
        'data "gcp_cloudsql_token" "t" {}', "data.gcp_cloudsql_token.t"
    )
    assert "run pip install 'atlas-operator[gcp]'" in refused
