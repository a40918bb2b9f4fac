"""Who asks: ``me``, ``bot`` and ``validateToken``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.errors import Unauthorized
from atlas.server.store.tokens import authenticate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.server.store.registry import Principal, Registry


def me(_registry: Registry, principal: Principal, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The token and its project, which is what clients call the organization."""
    return {"id": principal.token_id, "name": principal.token_name, "org": principal.project}


def validate_token(registry: Registry, _principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a token (not necessarily the one that asks) is valid."""
    try:
        authenticate(registry, str(arguments.get("token") or ""))
    except Unauthorized:
        return {"success": False}
    return {"success": True}
