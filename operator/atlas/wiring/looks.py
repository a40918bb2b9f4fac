"""Whether a registry is there at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.wire.contract import RegistryAddress

_CONNECT_S, _ANSWER_S = 3.0, 5.0


def registry_answers(address: RegistryAddress) -> bool:
    """Ask once and briefly who we are; a refusal is an answer, for somebody gave it."""
    from atlas.client.auth import whoami
    from atlas.client.transport import Patience, Transport
    from atlas.errors import AtlasError, Unavailable

    patience = Patience(retries=0, connect_s=_CONNECT_S, answer_s=_ANSWER_S)
    try:
        with Transport(address, patience=patience) as transport:
            whoami(transport)
    except Unavailable:
        return False
    except AtlasError:
        return True
    return True
