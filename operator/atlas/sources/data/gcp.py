"""Google Cloud by google-auth: the credentials of this process and what they open, by REST."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from atlas.errors import AccessDenied, ConnectFailed
from atlas.sources.data.calls import library

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOUD_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
SQL_SCOPE: Final = "https://www.googleapis.com/auth/sqlservice.admin"
_HOW: Final = "run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to a key file"


def credentials(scope: str) -> Any:
    """The default credentials: key file, gcloud's, or those of the machine.

    Raises:
        SpecError: google-auth is not installed.
        AccessDenied: There are none.
    """
    auth = library("google.auth", "gcp")
    with translated("Google Cloud"):
        found, _ = auth.default(scopes=[scope])
    return found


def access_token(scope: str) -> str:
    """A short-lived token of these credentials."""
    found = credentials(scope)
    transport = library("google.auth.transport.requests", "gcp")
    with translated("Google Cloud"):
        found.refresh(transport.Request())
    return str(found.token)


def authorized(found: Any) -> Any:
    """A session of ``requests`` that sends the token of these credentials."""
    return library("google.auth.transport.requests", "gcp").AuthorizedSession(found)


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Errors of google-auth and requests in ours. Their texts may hold answers of token servers: only kinds pass.

    Raises:
        AccessDenied: No credentials, or they were refused.
        ConnectFailed: No answer.
    """
    exceptions = library("google.auth.exceptions", "gcp")
    requests = library("requests", "gcp")
    try:
        yield
    except exceptions.DefaultCredentialsError:
        raise AccessDenied(f"{what}: no credentials were found: {_HOW}") from None
    except exceptions.TransportError:
        raise ConnectFailed(f"{what}: the token server did not answer") from None
    except exceptions.GoogleAuthError as error:
        raise AccessDenied(f"{what}: {type(error).__name__}: no token was given: {_HOW}") from None
    except requests.RequestException as error:
        raise ConnectFailed(f"{what}: {type(error).__name__}: no answer") from None
