"""Clients of boto3 as the keys of an ``s3://`` address ask for, with the machine's credentials or given ones."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from atlas.buckets import credentials as given
from atlas.buckets.library import authorities, library
from atlas.buckets.refusals import ATTEMPTS, CONNECT_TIMEOUT_S, READ_TIMEOUT_S
from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.buckets.address import Address

KEYS = (
    "accelerate",
    "anonymous",
    "awssdk",
    "disableSSL",
    "disable_https",
    "dualstack",
    "endpoint",
    "fips",
    "hostname_immutable",
    "kmskeyid",
    "profile",
    "region",
    "request_checksum_calculation",
    "response_checksum_validation",
    "role",
    "s3ForcePathStyle",
    "ssetype",
    "use_path_style",
)
"""The keys of gocloud.dev/blob/s3blob v0.47 and gocloud.dev/aws, and the two names that older versions had."""
NOT_SERVED = {"rate_limiter_capacity": "boto3 limits its rate by itself, in the retry mode adaptive"}
_CHECKSUMS = ("when_supported", "when_required")
_ENCRYPTIONS = {name.lower(): name for name in ("AES256", "aws:fsx", "aws:kms", "aws:kms:dsse")}
_ENDPOINT = re.compile(r"https?://([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(/[\w./-]*)?")
_CONNECTIONS = 16


def check_keys(address: Address, credentials: Mapping[str, str] | None) -> None:
    """Refuse what no client can be made of, before one is made; raises ``SpecError``."""
    address.one_of("awssdk", "v1", "v2")
    given.no_machine_key(address, credentials, "profile")
    given.check_endpoint(credentials, _endpoint(address) or "")
    _config(address, credentials)
    if (role := address.text("role")) and not role.startswith("arn:"):
        raise SpecError(f'{address}: the key "role" is an ARN of a role, it starts with arn:')


def client_of(address: Address, credentials: Mapping[str, str] | None) -> Any:
    """A client for ``address``. boto3 looks for the machine's credentials now and renews them when they end."""
    session = _session_of_machine(address) if credentials is None else _session_of(address, credentials)
    options: dict[str, Any] = {
        "endpoint_url": _endpoint(address),
        "use_ssl": not address.is_on("disable_https", "disableSSL"),
    }
    if not session.get_config_variable("ca_bundle"):  # AWS_CA_BUNDLE, or of the profile
        session.set_config_variable("ca_bundle", authorities())
    if role := address.text("role"):
        _take_on(session, role)
    return session.create_client("s3", config=_config(address, credentials), **options)


def encryption_of(address: Address) -> dict[str, str]:
    """What every put says of encryption on the server; a key of KMS alone means the type ``aws:kms``."""
    kind, kms_key = address.text("ssetype"), address.text("kmskeyid")
    if kind and kind.lower() not in _ENCRYPTIONS:
        raise SpecError(f'{address}: the key "ssetype" is one of {", ".join(_ENCRYPTIONS.values())}')
    options = {}
    if kind or kms_key:
        options["ServerSideEncryption"] = _ENCRYPTIONS[kind.lower()] if kind else "aws:kms"
    if kms_key:
        options["SSEKMSKeyId"] = kms_key
    return options


def _session_of_machine(address: Address) -> Any:
    session = library("botocore.session", "s3").Session(profile=address.text("profile") or None)
    session.register_component("data_loader", _models())
    # AWS_REGION is the name in Go's tools and on AWS's machines; boto3 reads AWS_DEFAULT_REGION alone.
    _set_region(session, address.text("region") or os.environ.get("AWS_REGION", ""))
    return session


def _session_of(address: Address, credentials: Mapping[str, str]) -> Any:
    """A session that sees no file and no variable with credentials of the machine.

    NB: botocore reads the profile of the environment and files in HOME wherever it can; each is named here.
    """
    given.checked_names(address, credentials)
    nothing = {
        "profile": (None, None, None, None),
        "config_file": (None, None, os.devnull, None),
        "credentials_file": (None, None, os.devnull, None),
    }
    session = library("botocore.session", "s3").Session(session_vars=nothing)
    session.register_component("data_loader", _models())
    if not address.is_on("anonymous"):
        key_id, secret = given.required(address, credentials, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        session.set_credentials(key_id, secret, credentials.get("AWS_SESSION_TOKEN") or None)
    region = credentials.get("AWS_REGION") or credentials.get("AWS_DEFAULT_REGION") or ""
    _set_region(session, address.text("region") or region)
    return session


@cache
def _models() -> Any:
    """What botocore knows of services: megabytes of JSON that say the same to every session, so they are read once."""
    return library("botocore.loaders", "s3").Loader()


def _set_region(session: Any, region: str) -> None:
    if region:
        session.set_config_variable("region", region)


def _take_on(session: Any, role: str) -> None:
    """Let ``session`` act as ``role``: STS is asked at the first request and before each end."""
    botocore = library("botocore.credentials", "s3")
    fetcher = botocore.AssumeRoleCredentialFetcher(
        client_creator=session.create_client,
        source_credentials=session.get_credentials(),
        role_arn=role,
    )
    session._credentials = botocore.DeferredRefreshableCredentials(  # noqa: SLF001 - set_credentials takes fixed ones only
        method="assume-role", refresh_using=fetcher.fetch_credentials
    )


def _config(address: Address, credentials: Mapping[str, str] | None) -> Any:
    s3: dict[str, Any] = {}
    if address.is_on("use_path_style", "s3ForcePathStyle", "hostname_immutable"):
        s3["addressing_style"] = "path"
    if address.is_on("accelerate"):
        s3["use_accelerate_endpoint"] = True
    options: dict[str, Any] = {
        "connect_timeout": CONNECT_TIMEOUT_S,
        "read_timeout": READ_TIMEOUT_S,
        "retries": {"mode": "standard", "total_max_attempts": ATTEMPTS},
        "max_pool_connections": _CONNECTIONS,
        # Given credentials sign for nobody but the address that they were given with.
        "ignore_configured_endpoint_urls": credentials is not None,
        "s3": s3,
    }
    for key, option in (("dualstack", "use_dualstack_endpoint"), ("fips", "use_fips_endpoint")):
        if address.is_on(key):
            options[option] = True
    for key in ("request_checksum_calculation", "response_checksum_validation"):
        if value := address.one_of(key, *_CHECKSUMS):
            options[key] = value
    if address.is_on("anonymous"):
        options["signature_version"] = library("botocore", "s3").UNSIGNED
    return library("botocore.config", "s3").Config(**options)


def _endpoint(address: Address) -> str | None:
    """The endpoint with a scheme, None for that of AWS; the CDK takes a bare host too."""
    endpoint = address.text("endpoint")
    if not endpoint:
        return None
    if "://" not in endpoint:
        endpoint = f"{'http' if address.is_on('disable_https', 'disableSSL') else 'https'}://{endpoint}"
    if not _ENDPOINT.fullmatch(endpoint):
        raise SpecError(f'{address}: the key "endpoint" is scheme, host and port: https://s3.example.com')
    return endpoint
