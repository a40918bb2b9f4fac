"""``--context``: who runs a command and why, as JSON."""

from __future__ import annotations

from atlas.errors import UsageError


def deploy_context(text: str) -> dict[str, object] | None:
    """The object of ``--context``; None when the flag was not given."""
    if not text:
        return None
    import json

    try:
        value = json.loads(text)
    except ValueError as error:
        raise UsageError(
            f'invalid --context: {error}: expected JSON, as --context \'{{"triggerType": "CLI"}}\''
        ) from error
    if not isinstance(value, dict):
        raise UsageError(f"invalid --context: expected a JSON object, got {type(value).__name__}")
    return value
