"""AWS by boto3: sessions as the keys of a URL ask for, and errors in words that hold no value."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from atlas.errors import AccessDenied, ConnectFailed, SpecError
from atlas.sources.data.calls import library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.sources.data.runtimevar.url import VariableURL

KEYS: Final = frozenset({"anonymous", "awssdk", "dualstack", "endpoint", "fips", "profile", "region", "wait"})
"""Keys of Go's tools; ``awssdk`` chose between two of their libraries and says nothing here."""
_TRUE: Final = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_NO_CREDENTIALS: Final = frozenset(
    {
        "NoCredentialsError",
        "PartialCredentialsError",
        "ProfileNotFound",
        "TokenRetrievalError",
        "SSOTokenLoadError",
    }
)
_DENIED: Final = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "ExpiredTokenException",
        "UnrecognizedClientException",
        "InvalidClientTokenId",
    }
)


def open_session(*, region: str, profile: str) -> Any:
    """A session of boto3 with the credentials of this process: environment, profile, role of the machine.

    Raises:
        SpecError: boto3 is not installed, there is no such profile, or no region is known.
    """
    boto3 = library("boto3", "aws")
    # Go's tools know AWS_REGION, boto3 AWS_DEFAULT_REGION alone.
    region = region or os.environ.get("AWS_REGION", "")
    with translated("AWS"):
        session = boto3.Session(region_name=region or None, profile_name=profile or None)
    if not session.region_name:
        raise SpecError("AWS: no region is known: give region, or set AWS_REGION")
    return session


def client_of(service: str, url: VariableURL) -> Any:
    """A client of a service with the keys of ``url``, within its timeout.

    Raises:
        SpecError: A key that is none of AWS.
    """
    url.refuse_others(KEYS)
    session = open_session(region=url.parameter("region"), profile=url.parameter("profile"))
    botocore = library("botocore.config", "aws")
    options: dict[str, object] = {
        "connect_timeout": url.timeout_s,
        "read_timeout": url.timeout_s,
        "retries": {"total_max_attempts": 2},
    }
    if url.parameter("dualstack") in _TRUE:
        options["use_dualstack_endpoint"] = True
    if url.parameter("fips") in _TRUE:
        options["use_fips_endpoint"] = True
    if url.parameter("anonymous") in _TRUE:
        options["signature_version"] = library("botocore", "aws").UNSIGNED
    with translated(str(url)):
        return session.client(
            service, endpoint_url=url.parameter("endpoint") or None, config=botocore.Config(**options)
        )


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Errors of botocore in ours, with the service's own words, which name things and hold no values.

    Raises:
        AccessDenied: No credentials, or they do not suffice.
        ConnectFailed: No answer.
        SpecError: Anything else that was refused.
    """
    exceptions = library("botocore.exceptions", "aws")
    try:
        yield
    except exceptions.ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        kind = AccessDenied if code in _DENIED else SpecError
        raise kind(f"{what}: {error}") from None
    except (exceptions.HTTPClientError, exceptions.ConnectionError) as error:
        raise ConnectFailed(f"{what}: {error}") from None
    except exceptions.BotoCoreError as error:
        is_denied = type(error).__name__ in _NO_CREDENTIALS
        kind = AccessDenied if is_denied else SpecError
        hint = ": set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" if is_denied else ""
        raise kind(f"{what}: {error}{hint}") from None
    except ValueError as error:
        raise SpecError(f"{what}: {error}") from None
