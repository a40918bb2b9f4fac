"""Who we are to Google and Azure: signatures are looked at, and nothing of the machine is where others are given."""

from __future__ import annotations

import base64
import datetime as dt
import json
import secrets
from pathlib import Path

import pytest
from atlas.buckets import open_bucket
from atlas.errors import Conflict, Forbidden, NotFound, SpecError, Unauthorized, Unavailable, Unsupported
from azure.storage.blob import ContainerSasPermissions, generate_container_sas
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.integration.sources.conftest import Web, served
from tests.servers import azurite
from tests.servers.stores import Store

OBJECT = b"SELECT 1;\n"


@pytest.fixture(scope="module")
def account() -> dict[str, str]:
    """The JSON key of a service account; its address for tokens is one that must not be asked."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    return {
        "type": "service_account",
        "project_id": "acme",
        "private_key_id": "1",
        "private_key": text,
        "client_email": "backup@acme.iam.gserviceaccount.com",
        "token_uri": "http://127.0.0.1:1/token",
    }


@pytest.fixture
def google(no_clouds: None, monkeypatch: pytest.MonkeyPatch) -> Web:
    """A Google on loopback that holds one object and remembers who asked."""
    with served() as web:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", web.url)
        web.says("/download/storage/v1/b/bucket/o/f%2Fa", OBJECT, x_goog_generation="7")
        yield web  # type: ignore[misc]


def asked_by(web: Web) -> str:
    """Who asked for the object; what asked for a token, before or after, is somebody else's business."""
    headers = next(headers for _, path, headers, _ in reversed(web.asked) if path != "/token")
    return {name.lower(): value for name, value in headers.items()}.get("authorization", "")


def claims_of(bearer: str) -> dict[str, object]:
    payload = bearer.removeprefix("Bearer ").split(".")[1]
    found = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "name", ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS_JSON", "GOOGLE_CREDENTIALS"]
)
def test_a_given_service_account_signs_its_own_tokens(
    google: Web, account: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere.json")
    assert open_bucket("gs://bucket/f", {name: json.dumps(account)}).get("a") == (OBJECT, "7")
    assert claims_of(asked_by(google))["iss"] == account["client_email"]


def test_a_file_named_by_the_address_is_the_service_account(
    google: Web, account: dict[str, str], tmp_path: Path
) -> None:
    google.says("/token", b'{"access_token": "of-the-file", "expires_in": 3600, "token_type": "Bearer"}')
    (tmp_path / "key.json").write_text(json.dumps({**account, "token_uri": f"{google.url}/token"}))
    assert open_bucket(f"gs://bucket/f?cred_path={tmp_path}/key.json").get("a").data == OBJECT
    assert asked_by(google) == "Bearer of-the-file"


@pytest.mark.parametrize("key", ["anonymous=true", "access_id=-"])
def test_nobody_signs_nothing(google: Web, key: str) -> None:
    assert open_bucket(f"gs://bucket/f?{key}").get("a").data == OBJECT
    assert asked_by(google) == ""


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "lack GOOGLE_APPLICATION_CREDENTIALS"),
        ({"GOOGLE_CREDENTIALS": "/etc/passwd"}, "is not the JSON key of a service account"),
        ({"GOOGLE_CREDENTIALS": "[1]"}, "is not the JSON key of a service account"),
        (
            {"GOOGLE_CREDENTIALS": '{"type": "service_account", "private_key": "s3cr3t"}'},
            "is not a whole key",
        ),
        ({"GOOGLE_CREDENTAILS": "{}"}, 'unknown credential "GOOGLE_CREDENTAILS"'),
    ],
)
def test_given_credentials_that_are_none_are_refused_and_not_shown(
    google: Web, given: dict[str, str], message: str
) -> None:
    with pytest.raises(SpecError) as caught:
        open_bucket("gs://bucket/f", given)
    assert message in str(caught.value)
    assert "s3cr3t" not in str(caught.value)
    assert "/etc/passwd" not in str(caught.value)


def test_credentials_that_name_programs_and_addresses_may_not_be_given(google: Web) -> None:
    external = {"type": "external_account", "credential_source": {"executable": {"command": "/bin/sh"}}}
    with pytest.raises(Unsupported, match="no key of a service account"):
        open_bucket("gs://bucket/f", {"GOOGLE_CREDENTIALS": json.dumps(external)})


def test_a_file_of_the_machine_does_not_go_with_given_credentials(
    google: Web, account: dict[str, str]
) -> None:
    with pytest.raises(SpecError, match='"cred_path" names credentials of this machine'):
        open_bucket("gs://bucket/f?cred_path=/k.json", {"GOOGLE_CREDENTIALS": json.dumps(account)})


def test_a_machine_without_an_account_is_told_what_to_set(no_clouds: None) -> None:
    bucket = open_bucket("gs://bucket/f")
    with pytest.raises(Unauthorized, match="no credentials were found: set GOOGLE_APPLICATION_CREDENTIALS"):
        bucket.get("a")


def test_a_bucket_of_google_that_is_not_there_is_named(gcs_bucket: str) -> None:
    bucket = open_bucket(f"gs://{gcs_bucket}-not/f")
    for ask in (lambda: bucket.put_if_absent("a", b""), lambda: list(bucket.list(""))):
        with pytest.raises(NotFound):
            ask()


URL = "azblob://{}/f"


def works(url: str, credentials: dict[str, str] | None = None) -> None:
    bucket, key = open_bucket(url, credentials), secrets.token_hex(4)
    etag = bucket.put_if_absent(key, OBJECT)
    assert bucket.get(key) == (OBJECT, etag)
    assert list(bucket.list(key)) == [key]
    with pytest.raises(Conflict):
        bucket.put_if_absent(key, OBJECT)
    bucket.delete(key)


@pytest.fixture
def signature(azure_container: str) -> str:
    """A shared access signature for the container, with the rights that the page of buckets names."""
    return generate_container_sas(
        azurite.ACCOUNT,
        azure_container,
        account_key=azurite.KEY,
        permission=ContainerSasPermissions.from_string("rcwdl"),
        expiry=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1),
    )


@pytest.fixture
def given_url(azure_container: str, azurite_store: Store) -> str:
    return (
        f"azblob://{azure_container}/f?storage_account={azurite.ACCOUNT}"
        f"&domain=127.0.0.1:{azurite_store.port}&protocol=http"
    )


@pytest.fixture
def connection(azurite_store: Store) -> str:
    return (
        f"DefaultEndpointsProtocol=http;AccountName={azurite.ACCOUNT};AccountKey={azurite.KEY};"
        f"BlobEndpoint={azurite_store.url}/{azurite.ACCOUNT};"
    )


@pytest.mark.parametrize("scheme", ["azblob", "azureblob", "az", "azure"])
def test_account_and_key_of_the_environment(azure_container: str, scheme: str) -> None:
    works(f"{scheme}://{azure_container}/f")


@pytest.mark.parametrize("mark", ["", "?"])
def test_a_signature_of_the_environment(
    azure_container: str, signature: str, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AZURE_STORAGE_KEY")
    monkeypatch.setenv("AZURE_STORAGE_SAS_TOKEN", f"{mark}{signature}")
    works(URL.format(azure_container))


def test_a_signature_is_not_sent_elsewhere_by_an_address(
    azure_container: str, signature: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AZURE_STORAGE_KEY")
    monkeypatch.setenv("AZURE_STORAGE_SAS_TOKEN", signature)
    with pytest.raises(SpecError, match="AZURE_STORAGE_SAS_TOKEN is sent to") as caught:
        open_bucket(f"{URL.format(azure_container)}?domain=elsewhere.example")
    assert signature not in str(caught.value)


@pytest.mark.parametrize("name", ["AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGEBLOB_CONNECTIONSTRING"])
def test_a_connection_string_of_the_environment(
    azure_container: str, connection: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("ACCOUNT", "KEY", "DOMAIN", "PROTOCOL"):
        monkeypatch.delenv(f"AZURE_STORAGE_{other}")
    monkeypatch.setenv(name, connection)
    works(URL.format(azure_container))


def test_given_credentials_are_all_that_is_looked_at(
    azure_container: str, given_url: str, signature: str, connection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ACCOUNT", "DOMAIN", "PROTOCOL", "CONNECTION_STRING"):
        monkeypatch.setenv(f"AZURE_STORAGE_{name}", "of-the-machine")
    works(given_url, {"AZURE_STORAGE_ACCOUNT": azurite.ACCOUNT, "AZURE_STORAGE_KEY": azurite.KEY})
    works(given_url, {"AZURE_STORAGE_KEY": azurite.KEY})
    works(given_url, {"AZURE_STORAGE_SAS_TOKEN": signature})
    works(URL.format(azure_container), {"AZURE_STORAGE_CONNECTION_STRING": connection})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "lack AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN"),
        ({"AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c"}, "lack AZURE_CLIENT_SECRET"),
        ({"AZURE_STORAGE_CONNECTION_STRING": "s3cr3t"}, "is no connection string"),
        ({"AZURE_STORAGE_KY": "s3cr3t"}, 'unknown credential "AZURE_STORAGE_KY"'),
    ],
)
def test_given_credentials_of_azure_that_lack_something_do_not_fall_back_to_the_machine(
    azure_container: str, given: dict[str, str], message: str
) -> None:
    with pytest.raises(SpecError) as caught:
        open_bucket(f"azblob://{azure_container}/f?storage_account=acme", given)
    assert message in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        ("&domain=169.254.169.254&localemu=true&protocol=http", {"AZURE_STORAGE_KEY": azurite.KEY}),
        ("&domain=169.254.169.254&cdn=true", {"AZURE_STORAGE_SAS_TOKEN": "sig=x"}),
        (
            "",
            {
                "AZURE_STORAGE_CONNECTION_STRING": "BlobEndpoint=http://169.254.169.254/acme;"
                f"AccountName=acme;AccountKey={azurite.KEY}"
            },
        ),
    ],
)
def test_given_credentials_are_not_taken_to_metadata_addresses(
    no_clouds: None, keys: str, given: dict[str, str]
) -> None:
    with pytest.raises(SpecError, match="link-local and metadata addresses"):
        open_bucket(f"azblob://container/f?storage_account=acme{keys}", given)


@pytest.mark.parametrize("key", [base64.b64encode(b"another key").decode(), "no base64"])
def test_a_wrong_key_is_told_and_never_shown(given_url: str, key: str) -> None:
    with pytest.raises((Unauthorized, Forbidden)) as caught:
        open_bucket(given_url, {"AZURE_STORAGE_KEY": key}).get("a")
    assert key not in str(caught.value)


def test_a_container_that_is_not_there_is_named(azure_container: str) -> None:
    bucket = open_bucket(f"azblob://{azure_container}-not/f")
    for ask in (
        lambda: bucket.put_if_absent("a", b""),
        lambda: list(bucket.list("")),
        lambda: bucket.put_if_unchanged("a", b"", etag='"1"'),
    ):
        with pytest.raises(NotFound, match=f'bucket "{azure_container}-not" not found'):
            ask()


def test_a_machine_without_an_identity_is_told_what_to_set(
    no_clouds: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no az
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:1")  # no metadata
    bucket = open_bucket("azblob://container/f?storage_account=acme")
    with pytest.raises((Unauthorized, Unavailable)) as caught:
        bucket.get("a")
    assert isinstance(caught.value, Unauthorized), caught.value
    assert "set AZURE_STORAGE_KEY" in str(caught.value)


def test_a_name_that_azure_would_read_otherwise_is_refused(azure_container: str) -> None:
    with pytest.raises(SpecError, match="backslash"):
        open_bucket(URL.format(azure_container)).put_if_absent("a\\b", b"")
