"""Addresses of buckets, and what only the file bucket has: a folder that a person can read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from atlas.buckets import open_bucket
from atlas.errors import SpecError, Unavailable, Unsupported

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.errors import AtlasError

SECRET = "s3cr3t-of-somebody"


def test_objects_are_plain_files_in_folders(tmp_path: Path) -> None:
    open_bucket(tmp_path.as_uri()).put_if_absent("a/1_x y.sql", b"SELECT 1;\n")
    assert (tmp_path / "a" / "1_x y.sql").read_bytes() == b"SELECT 1;\n"


def test_files_are_for_their_owner(tmp_path: Path) -> None:
    open_bucket((tmp_path / "new").as_uri()).put_if_absent("a/b", b"")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "a" / "b").stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_of_a_refused_put(tmp_path: Path) -> None:
    bucket = open_bucket(tmp_path.as_uri())
    with pytest.raises(Unavailable):
        bucket.put_if_absent("a" * 300, b"too long a name")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_outage_says_what_happened_and_not_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="cannot serve") as caught:
        open_bucket((tmp_path / "file").as_uri()).put_if_absent("a", b"")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "module", "extra"),
    [
        ("s3://b/p?region=x", "botocore", "s3"),
        ("gs://b", "google.cloud.storage", "gcs"),
        ("azblob://c", "azure.storage.blob", "azure"),
    ],
)
def test_a_library_that_is_missing_is_named_with_its_extra(
    url: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name == module or name.startswith(f"{module}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SpecError) as caught:
        open_bucket(url)
    assert str(caught.value).endswith(f"run pip install 'atlas-operator[{extra}]'")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://x", 'unknown bucket scheme "ftp": expected one of file://, s3://, gs://, azblob://'),
        ("x", 'unknown bucket scheme ""'),
        ("file://host/path", "absolute folder"),
        ("file:relative", "absolute folder"),
        ("file:///a?profile=x", 'unknown key "profile"'),
        ("s3://", "expected s3://bucket/folder"),
        ("s3:///folder", "expected s3://bucket/folder"),
        ("s3://b:80/folder", "expected s3://bucket/folder"),
        ("s3://b:x/folder", "a bucket has an address like"),
        ("s3://b#x", "expected s3://bucket/folder"),
        ("s3://b/../c", "no object key"),
        ("s3://b/c//d", "no object key"),
        ("s3://b?prefix=../c", "no object key"),
        ("s3://b/p?regions=x", 's3://b: unknown key "regions": known are accelerate, anonymous, awssdk'),
        ("s3://b?region=x&region=y", 'the key "region" is given twice'),
        ("s3://b?use_path_style=yes", 'the key "use_path_style" is true or false'),
        ("s3://b?awssdk=v3", 'the key "awssdk" is one of v1, v2'),
        ("s3://b?ssetype=rot13", 'the key "ssetype" is one of AES256'),
        ("s3://b?role=admin", 'the key "role" is an ARN'),
        ("s3://b?request_checksum_calculation=never", "one of when_supported, when_required"),
        ("s3://b?endpoint=http://a:b@host", 'the key "endpoint" is scheme, host and port'),
        ("gs://b?universe=x", 'gs://b: unknown key "universe"'),
        ("gs://b?anonymous=perhaps", 'the key "anonymous" is true or false'),
        ("gs://b?cred_path=/nowhere", 'the key "cred_path" is a file'),
        ("azblob://c", "whose container? Give the key storage_account"),
        ("azblob://c?account=a", 'azblob://c: unknown key "account": known are cdn, domain'),
        ("azblob://c?storage_account=a/b", "an account is letters and digits"),
        ("azblob://c?storage_account=a&domain=evil/x", "a domain has no path"),
        ("azblob://c?storage_account=a&protocol=http", "tokens of an identity go over https alone"),
        ("s3://b?endpoint=http://[x", 'the key "endpoint" is scheme, host and port'),
        ("s3://b?endpoint=a b", 'the key "endpoint" is scheme, host and port'),
        ("azblob://c?storage_account=a&protocol=ftp", 'the key "protocol" is http or https'),
    ],
)
def test_an_address_that_is_not_understood_is_refused(url: str, message: str, no_clouds: None) -> None:
    with pytest.raises(SpecError) as caught:
        open_bucket(url)
    assert message in str(caught.value)


def test_what_only_a_library_can_refuse_is_refused_when_it_is_used(no_clouds: None) -> None:
    bucket = open_bucket("gs://b?universe_domain=x.example&anonymous=true")
    with pytest.raises(SpecError, match="no client can be made"):
        bucket.get("a")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("s3://b?rate_limiter_capacity=5", "rate_limiter_capacity"),
        ("s3://b?key=one/object", "key"),
        ("gs://b?private_key_path=/k.pem", "private_key_path"),
        ("gs://b?access_id=me@example", "access_id"),
        ("gs://b?grpc=true", "grpc"),
        ("gs://b?zonal=true", "zonal"),
        ("azblob://c?key=x", "key"),
    ],
)
def test_a_key_that_is_known_and_not_served_is_refused_by_name(url: str, name: str, no_clouds: None) -> None:
    with pytest.raises(Unsupported, match=name):
        open_bucket(url)


@pytest.mark.parametrize(
    "url",
    [
        "s3://AKIDEXAMPLE:{}@bucket/folder",
        "s3://bucket?secret_access_key={}",
        "s3://bucket?region={}&nosuch=x",
        "s3://bucket?region=x&region={}",
        "s3://bucket?endpoint=https://me:{}@host",
        "s3://bucket?anonymous={}",
        "gs://{}@bucket",
        "gs://bucket?token={}",
        "azblob://container?sig={}",
        "azblob://container?storage_account=a&protocol={}",
    ],
)
def test_no_secret_of_an_address_is_told(url: str, no_clouds: None) -> None:
    with pytest.raises(SpecError) as caught:
        open_bucket(url.format(SECRET))
    for error in chain_of(caught.value):
        assert SECRET not in str(error)


def chain_of(error: AtlasError) -> list[BaseException]:
    """The error and what it says it was raised from."""
    found: list[BaseException] = [error]
    while found[-1].__cause__ is not None:
        found.append(found[-1].__cause__)
    return found


@pytest.mark.parametrize(
    "url",
    [
        "s3://b?region=x&endpoint=minio.example:9000&s3ForcePathStyle=true&disableSSL=T&awssdk=v2",
        "s3://b?region=x&endpoint=https://minio.example&use_path_style=1&hostname_immutable=true",
        "s3://b?region=x&accelerate=true&dualstack=true&ssetype=aws:kms&kmskeyid=alias/k&prefix=a/b/",
        "s3://b?region=us-east-1&fips=true&anonymous=true&disable_https=false",
        "s3://b?region=x&request_checksum_calculation=when_required&response_checksum_validation=when_required",
        "gs://b?anonymous=true",
        "gs://b/a/b?access_id=-&prefix=c/&grpc=false&zonal=false",
        "azblob://c/a?storage_account=acc&domain=blob.core.chinacloudapi.cn&protocol=https",
        "azureblob://c?storage_account=acc&cdn=true&domain=cdn.example",
        "az://c?storage_account=acc&localemu=true&domain=emulator:10000",
        "azure://c?storage_account=acc",
    ],
)
def test_keys_of_the_go_tools_are_understood(url: str, no_clouds: None) -> None:
    open_bucket(url)
