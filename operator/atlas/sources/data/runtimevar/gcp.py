"""Values in Google Secret Manager, by REST: its library is far heavier than one GET."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Final

from atlas.errors import AccessDenied, SpecError
from atlas.sources.data.gcp import CLOUD_SCOPE, authorized, credentials, translated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.sources.data.runtimevar.url import VariableURL

_SERVER: Final = "https://secretmanager.googleapis.com/"
_SERVER_VARIABLE: Final = "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"
"""gcloud's own variable for another endpoint."""
_NAME: Final = re.compile(r"projects/[a-z0-9][a-z0-9_:.\-]{2,61}[a-z0-9_]/secrets/[A-Za-z0-9_\-]{1,255}")
_OK: Final = 200
_DENIED: Final = (401, 403)


def read_secret(url: VariableURL, environ: Mapping[str, str]) -> str:
    """The latest version of ``gcpsecretmanager://projects/PROJECT/secrets/NAME``."""
    url.refuse_others({"wait"})
    if not _NAME.fullmatch(url.name):
        raise SpecError(
            f"{url}: expected gcpsecretmanager://projects/PROJECT/secrets/NAME, without a version: the latest is read"
        )
    session = authorized(credentials(CLOUD_SCOPE))
    server = environ.get(_SERVER_VARIABLE) or _SERVER
    with translated(str(url)):
        answer = session.get(
            f"{server.rstrip('/')}/v1/{url.name}/versions/latest:access", timeout=url.timeout_s
        )
    if answer.status_code in _DENIED:
        raise AccessDenied(
            f"{url}: HTTP status {answer.status_code}: expected the role roles/secretmanager.secretAccessor on the secret"
        )
    if answer.status_code != _OK:
        raise SpecError(f"{url}: HTTP status {answer.status_code}: expected a secret that is there")
    try:
        return b64decode(answer.json()["payload"]["data"]).decode()
    except (KeyError, TypeError, ValueError):
        raise SpecError(f"{url}: the answer holds no text") from None
