"""Reads, makes and deletes by HTTP what kubectl would: starting kubectl takes longer than the server takes to answer.

Only for what kubectl does without a thought of its own: an object, a list, a path as it stands. Everything else, and
every answer but a good one, is kubectl's.
"""

from __future__ import annotations

import base64
import json
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

CORE, OURS = "/api/v1", "/apis/db.atlasgo.io/v1alpha1"
PATHS = {
    "atlasmigration": (OURS, "atlasmigrations"),
    "atlasschema": (OURS, "atlasschemas"),
    "configmap": (CORE, "configmaps"),
    "event": (CORE, "events"),
    "secret": (CORE, "secrets"),
}
NAMESPACE_FLAGS = ("-n", "--namespace")


@dataclass(frozen=True, slots=True)
class Api:
    """An API server as the user of a kubeconfig who has a token."""

    server: str
    token: str
    context: ssl.SSLContext

    def get(self, args: tuple[str, ...]) -> Any:
        """Return what ``kubectl ARGS -o json`` would print; None if only kubectl knows."""
        path = path_of(args)
        answer = self.ask("GET", path) if path else None
        return as_printed(json.loads(answer)) if answer is not None else None

    def ask(self, method: str, path: str, document: Any = None) -> str | None:
        """Return the body of a good answer, else None."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = json.dumps(document).encode() if document else None
        request = urllib.request.Request(self.server + path, data, headers, method=method)
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=self.context)
        )
        try:
            with opener.open(request, timeout=30) as answer:
                body: str = answer.read().decode()
                return body
        except urllib.error.HTTPError as refusal:
            refusal.close()
        except OSError:
            pass
        return None


@lru_cache(maxsize=64)
def api_of(kubeconfig: Path) -> Api | None:
    """Return the server of a kubeconfig as ours are; None if it is of another kind."""
    try:
        document = json.loads(kubeconfig.read_bytes())
        (cluster,), (user,) = document["clusters"], document["users"]
        server, token = cluster["cluster"]["server"], user["user"]["token"]
        authority = base64.b64decode(cluster["cluster"]["certificate-authority-data"]).decode()
    except (OSError, ValueError, KeyError):
        return None
    return Api(server, token, ssl.create_default_context(cadata=authority))


def path_of(args: tuple[str, ...]) -> str | None:
    """Return the path that ``get RESOURCE [NAME] -n NAMESPACE`` asks for, None for other words."""
    match args:
        case ("get", resource, flag, namespace) if flag in NAMESPACE_FLAGS:
            name = ""
        case ("get", resource, name, flag, namespace) if flag in NAMESPACE_FLAGS:
            name = f"/{name}"
        case _:
            return None
    found = PATHS.get(resource) or PATHS.get(resource.removesuffix("s"))
    return f"{found[0]}/namespaces/{namespace}/{found[1]}{name}" if found else None


def as_printed(document: dict[str, Any]) -> dict[str, Any]:
    """Return an object or a list as kubectl prints it: items say what they are, and nobody sees who wrote which field."""
    if "items" not in document:
        document["metadata"].pop("managedFields", None)
        return document
    kind = {"apiVersion": document["apiVersion"], "kind": document["kind"].removesuffix("List")}
    items = [as_printed({**kind, **item}) for item in document["items"]]
    return {"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}}
