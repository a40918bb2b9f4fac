"""Test cases of ``*.test.hcl``: reading them, running them in rooms, comparing outputs. No database is opened here."""

from atlas.engine.testing.case import UNKNOWN_URL, Case, CaseResult, Command, External, Step, Verdict, said_in
from atlas.engine.testing.migrate import MigrateTo
from atlas.engine.testing.output import ResultSet
from atlas.engine.testing.plan import PlanSteps
from atlas.engine.testing.ports import CasePorts, CaseRoom, ProgramEnd, Programs
from atlas.engine.testing.read import Inputs, read_cases, texts_in
from atlas.engine.testing.run import run_case

__all__ = [
    "UNKNOWN_URL",
    "Case",
    "CasePorts",
    "CaseResult",
    "CaseRoom",
    "Command",
    "External",
    "Inputs",
    "MigrateTo",
    "PlanSteps",
    "ProgramEnd",
    "Programs",
    "ResultSet",
    "Step",
    "Verdict",
    "read_cases",
    "run_case",
    "said_in",
    "texts_in",
]
