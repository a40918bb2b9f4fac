"""Is a plan the one for two states? By their hashes, before anything is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Drifted, PlanError

if TYPE_CHECKING:
    from atlas.engine.plan_file import PlanFile, Transition


def check_transition(found: Transition, file: PlanFile) -> None:
    """Refuse a plan for other states.

    Raises:
        Drifted: It leads from another state than the current one.
        PlanError: It leads to another state than the desired one.
    """
    from atlas.cli.render.plan_text import mismatch

    if file.current_hash != found.current_hash:
        raise Drifted(mismatch("From", file.current_hash, found.current_hash, "--from"))
    if file.desired_hash != found.desired_hash:
        raise PlanError(mismatch("To", file.desired_hash, found.desired_hash, "--to"))
