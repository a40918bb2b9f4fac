"""Google Cloud by google-auth: a key file and a metadata server, both answered on loopback."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.integration.cli.conftest import Shell
from tests.integration.sources.conftest import Evaluation, Web

SECRET = "s3cr3t-v4lue"
TOKEN = "ya29.a-token-of-google"
NAME = "projects/p-12345/secrets/db-password"
PATH = f"/v1/{NAME}/versions/latest:access"
BLOCK = f'data "runtimevar" "v" {{\n  url = "gcpsecretmanager://{NAME}?decoder=string"\n}}'
CLOUD_SQL = 'data "gcp_cloudsql_token" "t" {}'


@pytest.fixture(scope="module")
def key() -> str:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@pytest.fixture
def google(atlas: Shell, web: Web, key: str) -> Evaluation:
    """``atlas`` with a key file of a service account whose token server is ``web``."""
    account = {
        "type": "service_account",
        "project_id": "p-12345",
        "private_key_id": "1",
        "private_key": key,
        "client_email": "atlas@p-12345.iam.gserviceaccount.com",
        "token_uri": f"{web.url}/token",
    }
    path = atlas.folder / "account.json"
    path.write_text(json.dumps(account))
    web.says(
        "/token",
        json.dumps({"access_token": TOKEN, "expires_in": 3600}).encode(),
        Content_Type="application/json",
    )
    environ = {
        **atlas.environ,
        "GOOGLE_APPLICATION_CREDENTIALS": str(path),
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER": f"{web.url}/",
        "NO_GCE_CHECK": "true",
    }
    return Evaluation(atlas.folder, environ)


def payload(content: bytes) -> bytes:
    return json.dumps({"name": NAME, "payload": {"data": base64.b64encode(content).decode()}}).encode()


def claims(web: Web) -> dict[str, str]:
    """What the key file's assertion asked of the token server."""
    [(_, _, _, body)] = [asked for asked in web.asked if asked[1] == "/token"]
    part = parse_qs(body.decode())["assertion"][0].split(".")[1]
    found: dict[str, str] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


def test_the_latest_version_of_a_secret_is_read_with_the_token(google: Evaluation, web: Web) -> None:
    web.says(PATH, payload(SECRET.encode()), Content_Type="application/json")
    assert google(BLOCK, "data.runtimevar.v") == SECRET
    [(method, _, headers, _)] = [asked for asked in web.asked if asked[1] == PATH]
    assert (method, headers["authorization" if "authorization" in headers else "Authorization"]) == (
        "GET",
        f"Bearer {TOKEN}",
    )
    assert claims(web)["scope"] == "https://www.googleapis.com/auth/cloud-platform"


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (404, SECRET.encode(), "HTTP status 404: expected a secret that is there"),
        (403, SECRET.encode(), "HTTP status 403: expected the role roles/secretmanager.secretAccessor"),
        (200, payload(b"\xff\xfe" + SECRET.encode()), "the answer holds no text"),
        (200, f'{{"other": "{SECRET}"}}'.encode(), "the answer holds no text"),
    ],
)
def test_what_the_store_refuses_is_told_without_its_words(
    google: Evaluation, web: Web, status: int, body: bytes, message: str
) -> None:
    web.says(PATH, body, status)
    refused = google.refusal(BLOCK, "data.runtimevar.v")
    assert f"gcpsecretmanager://{NAME}: {message}" in refused
    assert SECRET not in refused
    assert TOKEN not in refused


def test_a_refused_key_is_told_without_the_answer(google: Evaluation, web: Web) -> None:
    web.says("/token", json.dumps({"error": "invalid_grant", "error_description": SECRET}).encode(), 400)
    refused = google.refusal(BLOCK, "data.runtimevar.v")
    assert "RefreshError: no token was given" in refused
    assert SECRET not in refused


def test_a_token_of_cloud_sql_is_that_of_the_key_file(google: Evaluation, web: Web) -> None:
    assert google(CLOUD_SQL, "data.gcp_cloudsql_token.t") == TOKEN
    assert claims(web)["scope"] == "https://www.googleapis.com/auth/sqlservice.admin"


def test_a_token_of_cloud_sql_is_that_of_the_machine(atlas: Shell, web: Web) -> None:
    address = web.url.removeprefix("http://")
    account = {"email": "vm@p.iam.gserviceaccount.com", "scopes": ["x"], "aliases": ["default"]}
    for path, body in (
        ("/", b""),
        ("/computeMetadata/v1/project/project-id", b"p-12345"),
        ("/computeMetadata/v1/instance/service-accounts/default/", json.dumps(account).encode()),
        (
            "/computeMetadata/v1/instance/service-accounts/default/token",
            json.dumps({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}).encode(),
        ),
        (
            f"/computeMetadata/v1/instance/service-accounts/{account['email']}/token",
            json.dumps({"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}).encode(),
        ),
    ):
        web.says(path, body, Metadata_Flavor="Google", Content_Type="application/json")
    machine = Evaluation(
        atlas.folder, {**atlas.environ, "GCE_METADATA_HOST": address, "GCE_METADATA_IP": address}
    )
    assert machine(CLOUD_SQL, "data.gcp_cloudsql_token.t") == TOKEN


def test_without_credentials_the_message_says_how_to_get_them(atlas: Shell, tmp_path: Path) -> None:
    nobody = Evaluation(atlas.folder, {**atlas.environ, "NO_GCE_CHECK": "true"})
    refused = nobody.refusal(CLOUD_SQL, "data.gcp_cloudsql_token.t")
    assert "data.gcp_cloudsql_token.t: Google Cloud: no credentials were found" in refused
    assert "run gcloud auth application-default login" in refused
