"""Desired states that say nothing: an empty file, a template that came out empty, the wrong database."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from atlas.engine.desired_state.states import CompositeState, DirectoryState, HclState, RealmState, SqlState
from atlas.engine.scan import scan
from atlas.errors import PolicyRefused
from atlas.hcl import parse
from atlas.schema import Drop

if TYPE_CHECKING:
    from atlas.engine.desired_state.states import DesiredState
    from atlas.engine.plan import Plan
    from atlas.engine.scan import ScanOptions

_SHOWN = 5
_OF_NO_OBJECT = frozenset({"variable", "locals"})


def says_nothing(state: DesiredState, options: ScanOptions) -> bool:
    """Whether there is no statement, no block, no file and no object in it. An empty ``schema`` block is a word.

    Raises:
        ParseError: A text that cannot be read.
    """
    match state:
        case SqlState():
            found = (each.text for script in state.scripts for each in scan(script.text, options))
            return not any(text.strip("; \t\r\n") for text in found)
        case HclState():
            bodies = [parse(text, name) for name, text in state.files]
            return all(block.type in _OF_NO_OBJECT for body in bodies for block in body.blocks)
        case DirectoryState():
            return not state.directory.files
        case RealmState():
            return not state.realm.objects
        case CompositeState():
            return all(says_nothing(part.state, options) for part in state.parts)
        case _:
            assert_never(state)


def refuse_silence(state: DesiredState, plan: Plan, options: ScanOptions) -> None:
    """Let nobody drop everything by a state that says nothing, where no person looks at the plan.

    Raises:
        PolicyRefused: With the first objects that would go.
    """
    gone = [str(change.key) for change in plan.changes if isinstance(change, Drop)]
    if not gone or not says_nothing(state, options):
        return
    more = f" and {len(gone) - _SHOWN} more" if len(gone) > _SHOWN else ""
    raise PolicyRefused(
        f"the desired state says nothing at all, and would drop {', '.join(gone[:_SHOWN])}{more}: expected at least one "
        "object. To drop everything, run 'atlas schema clean', or say it in HCL by a schema block without tables"
    )
