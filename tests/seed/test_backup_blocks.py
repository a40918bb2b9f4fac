"""The blocks about backup repositories, as they stand on the page; the endpoint of S3 alone is that of a store here."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.daemon import free_port
from tests.seed.conftest import FILES, SCHEMA, Reader, block
from tests.servers.store_fixtures import ANYBODY, KEY_ID, SECRET, make_s3_bucket

if TYPE_CHECKING:
    from tests.servers.stores import Store

READING = """
env "prod" {
  url = getenv("DATABASE_URL")
  dev = "sqlite://dev?mode=memory"
  schema {
    src = "atlas://myapp"
    repo {
      name   = "myapp"
      backup = ["s3://my-bucket/atlas-backup?region=us-east-1"]
    }
  }
  migration {
    dir = "atlas://myapp"
    repo {
      name   = "myapp"
      backup = ["s3://my-bucket/atlas-backup?region=us-east-1"]
    }
  }
}
"""


@pytest.fixture
def s3_reader(reader: Reader, moto_store: Store) -> Reader:
    """A reader who has the buckets of the page."""
    httpx.post(f"{moto_store.url}/moto-api/reset")
    for bucket in ("my-bucket", "my-atlas-backups"):
        make_s3_bucket(moto_store, bucket)
    keys = {
        "AWS_ENDPOINT_URL": moto_store.url,
        "AWS_ACCESS_KEY_ID": KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    return replace(reader, environ={**reader.environ, **keys})


def cut_off(reader: Reader) -> Reader:
    """The same reader, whose registry does not answer any more."""
    return replace(reader, environ={**reader.environ, "ATLAS_CLOUD_URL": f"http://127.0.0.1:{free_port()}"})


def stored(store: Store, bucket: str, key: str) -> bytes:
    answer = httpx.get(f"{store.url}/{bucket}/{key}", headers=ANYBODY)
    assert answer.status_code == 200, key
    return answer.content


def test_a_schema_is_replicated_and_served_without_a_registry(s3_reader: Reader, moto_store: Store) -> None:
    (s3_reader.folder / "atlas.hcl").write_text(block("07-schema-backup.hcl"))
    (s3_reader.folder / "schema.sql").write_text(SCHEMA)
    s3_reader.runs(block("01-schema-push.sh"))
    index = json.loads(stored(moto_store, "my-bucket", "atlas-backup/default/schemas/myapp/index.json"))
    [version] = index["versions"]
    hex_digest = version["digest"].removeprefix("sha256:")
    key = f"atlas-backup/default/schemas/myapp/versions/{hex_digest}/schema.hcl"
    assert b'table "users"' in stored(moto_store, "my-bucket", key)
    (s3_reader.folder / "atlas.hcl").write_text(READING)
    answer = cut_off(s3_reader).tries("atlas schema apply --env prod --auto-approve")
    assert answer.returncode == 0, answer.stderr
    assert "Served from s3://my-bucket/atlas-backup?region=us-east-1 (age " in answer.stderr
    assert "users" in s3_reader.runs('atlas schema inspect -u "$DATABASE_URL"')


def test_a_directory_is_replicated_and_served_without_a_registry(
    s3_reader: Reader, moto_store: Store
) -> None:
    (s3_reader.folder / "atlas.hcl").write_text(block("08-migration-backup.hcl"))
    s3_reader.has_directory(FILES)
    s3_reader.runs("atlas migrate push --env local")
    index = json.loads(stored(moto_store, "my-bucket", "atlas-backup/default/directories/myapp/index.json"))
    hex_digest = index["versions"][0]["digest"].removeprefix("sha256:")
    for name, text in FILES.items():
        key = f"atlas-backup/default/directories/myapp/versions/{hex_digest}/{name}"
        assert stored(moto_store, "my-bucket", key) == text.encode()
    (s3_reader.folder / "atlas.hcl").write_text(READING)
    answer = cut_off(s3_reader).tries("atlas migrate apply --env prod")
    assert answer.returncode == 0, answer.stderr
    assert "Served from s3://my-bucket/atlas-backup?region=us-east-1 (age " in answer.stderr
    assert "email" in s3_reader.runs('atlas schema inspect -u "$DATABASE_URL"')


def test_the_block_of_provider_urls_replicates_a_push(s3_reader: Reader, moto_store: Store) -> None:
    (s3_reader.folder / "atlas.hcl").write_text(block("09-backup-urls.hcl"))
    s3_reader.has_directory(FILES)
    s3_reader.runs("atlas migrate push --env prod --dev-url 'sqlite://dev?mode=memory'")
    key = "migrations/default/directories/app/index.json"
    assert json.loads(stored(moto_store, "my-atlas-backups", key))["driver"] == "sqlite"
