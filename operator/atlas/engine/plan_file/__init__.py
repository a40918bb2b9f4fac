"""Plans that are made before they are run: a text for a transition between two states, by the hashes of both.

``document`` is the file that people read and edit, ``transition`` names two states, ``statements`` makes a plan of a
text that can be run, and ``rehearsal`` proves in a dev room where a text leads.
"""

from __future__ import annotations

from atlas.engine.plan_file.document import SUFFIX, PlanFile, parse_plan_file, print_plan_file
from atlas.engine.plan_file.linting import lint_text
from atlas.engine.plan_file.rehearsal import rehearse
from atlas.engine.plan_file.rows import with_rows
from atlas.engine.plan_file.statements import plan_by_text, statements_of_text, text_of_plan
from atlas.engine.plan_file.transition import Transition, state_hash, transition_of

__all__ = [
    "SUFFIX",
    "PlanFile",
    "Transition",
    "lint_text",
    "parse_plan_file",
    "plan_by_text",
    "print_plan_file",
    "rehearse",
    "state_hash",
    "statements_of_text",
    "text_of_plan",
    "transition_of",
    "with_rows",
]
