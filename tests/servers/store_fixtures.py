"""Fixtures of the object stores: one server a run, one bucket a test, and the environment that leads there."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from tests.servers import azurite
from tests.servers.fake_gcs import fake_gcs
from tests.servers.moto import moto
from tests.servers.stores import Store, StoreError

KEY_ID, SECRET = "AKIDEXAMPLE", "s3cr3t-key-of-aws"


def shared(start: Callable[[], AbstractContextManager[Store]]) -> Iterator[Store]:
    try:
        opened = start()
        store = opened.__enter__()
    except StoreError as missing:
        pytest.skip(str(missing))
    try:
        yield store
    finally:
        opened.__exit__(None, None, None)


@pytest.fixture(scope="session")
def moto_store() -> Iterator[Store]:
    """AWS on loopback."""
    yield from shared(moto)


@pytest.fixture(scope="session")
def gcs_store() -> Iterator[Store]:
    """Google Cloud Storage on loopback."""
    yield from shared(fake_gcs)


@pytest.fixture(scope="session")
def azurite_store() -> Iterator[Store]:
    """Azure Blob Storage on loopback."""
    yield from shared(azurite.azurite)


@pytest.fixture
def no_clouds(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The environment of nobody: no credentials, an empty HOME, no metadata server."""
    import os

    for name in os.environ:
        if name.startswith(("AWS_", "AZURE_", "GOOGLE_", "GCLOUD_", "STORAGE_EMULATOR", "CLOUDSDK_")):
            monkeypatch.delenv(name)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.fixture
def aws_environment(moto_store: Store, no_clouds: None, monkeypatch: pytest.MonkeyPatch) -> Store:
    """AWS on loopback, with the credentials of somebody and no bucket."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_store.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    return moto_store


@pytest.fixture
def s3_bucket(aws_environment: Store) -> str:
    """The name of an empty bucket of S3."""
    name = f"atlas-{secrets.token_hex(6)}"
    make_s3_bucket(aws_environment, name)
    return name


def make_s3_bucket(store: Store, name: str) -> None:
    assert httpx.put(f"{store.url}/{name}", headers=ANYBODY).status_code == 200


ANYBODY = {
    "Authorization": f"AWS4-HMAC-SHA256 Credential={KEY_ID}/20260101/us-east-1/s3/aws4_request, Signature=0"
}


@pytest.fixture
def gcs_bucket(gcs_store: Store, no_clouds: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an empty bucket of Google Cloud Storage."""
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", gcs_store.url)
    name = f"atlas-{secrets.token_hex(6)}"
    assert httpx.post(f"{gcs_store.url}/storage/v1/b", json={"name": name}).status_code == 200
    return name


@pytest.fixture
def azure_container(azurite_store: Store, no_clouds: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an empty container of Azure."""
    from azure.storage.blob import ContainerClient

    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT", azurite.ACCOUNT)
    monkeypatch.setenv("AZURE_STORAGE_KEY", azurite.KEY)
    monkeypatch.setenv("AZURE_STORAGE_DOMAIN", f"127.0.0.1:{azurite_store.port}")
    monkeypatch.setenv("AZURE_STORAGE_PROTOCOL", "http")
    name = f"atlas-{secrets.token_hex(6)}"
    with ContainerClient(
        f"{azurite_store.url}/{azurite.ACCOUNT}",
        name,
        credential={"account_name": azurite.ACCOUNT, "account_key": azurite.KEY},
    ) as container:
        container.create_container()
    return name
