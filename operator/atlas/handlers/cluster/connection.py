"""How to reach the API server: a kubeconfig, or the service account of the pod; once for us and once for Kopf."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atlas.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SERVICE_ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
_DEFAULT_NAMESPACE = "default"


async def connect(kubeconfig: str) -> Any:
    """The configuration of ``kubernetes.aio`` for this file, or of the pod where ``kubeconfig`` is ''.

    Raises:
        UsageError: There is neither.
    """
    from kubernetes.aio import config
    from kubernetes.aio.client.configuration import Configuration

    configuration = Configuration()
    try:
        if kubeconfig:
            await config.load_kube_config(config_file=kubeconfig, client_configuration=configuration)  # type: ignore[no-untyped-call]  # published without types
        else:
            config.load_incluster_config(client_configuration=configuration)  # type: ignore[no-untyped-call]  # published without types
    except (config.ConfigException, OSError) as error:
        hint = "" if kubeconfig else "; outside a cluster give --kubeconfig, or --standalone for none at all"
        raise UsageError(f"no way to the API server: {error}{hint}") from error
    configuration.client_session_kwargs = {"trust_env": is_proxied(os.environ)}
    return configuration


def is_proxied(environ: Mapping[str, str]) -> bool:
    """Whether a proxy is configured. Without one aiohttp need not look: it reads ~/.netrc anew for every request."""
    return any(
        environ.get(name) or environ.get(name.upper()) for name in ("https_proxy", "http_proxy", "all_proxy")
    )


def own_namespace(kubeconfig: str) -> str:
    """The namespace the operator lives in, where its lease belongs."""
    if kubeconfig:
        return _namespace_of_context(kubeconfig)
    try:
        return (_SERVICE_ACCOUNT / "namespace").read_text().strip() or _DEFAULT_NAMESPACE
    except OSError:
        return _DEFAULT_NAMESPACE


def _namespace_of_context(kubeconfig: str) -> str:
    """As kubectl reads a list of files: the first current context counts, and the first entry of its name."""
    documents = [_document(Path(name)) for name in kubeconfig.split(os.pathsep) if name]
    current = next((one["current-context"] for one in documents if one.get("current-context")), "")
    for document in documents:
        for entry in document.get("contexts") or ():
            if entry.get("name") == current:
                return str((entry.get("context") or {}).get("namespace") or _DEFAULT_NAMESPACE)
    return _DEFAULT_NAMESPACE


def _document(path: Path) -> dict[str, Any]:
    import yaml

    document = yaml.safe_load(path.read_text()) if path.exists() else None
    return document if isinstance(document, dict) else {}


async def kopf_connection(configuration: Any) -> Any:
    """The same server and credentials as a ``kopf.ConnectionInfo``; tokens are read anew each time."""
    import kopf

    header = (await configuration.auth_settings()).get("BearerToken", {}).get("value") or ""
    scheme, _, token = header.rpartition(" ")
    return kopf.ConnectionInfo(
        server=configuration.host,
        ca_path=configuration.ssl_ca_cert,
        ca_data=None if configuration.ssl_ca_cert else configuration.ca_cert_data,
        insecure=not configuration.verify_ssl,
        scheme=scheme or None,
        token=token or None,
        certificate_path=configuration.cert_file,
        private_key_path=configuration.key_file,
        trust_env=is_proxied(os.environ),
    )
