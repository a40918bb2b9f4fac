"""The cases of a command: read, chosen by ``--run``, and allowed to run what they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.programs import ALLOW_PROGRAMS, may_run_programs
from atlas.errors import PolicyRefused, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.testing import Case
    from atlas.hcl.values import Function
    from atlas.project import Project


def add_case_flags(parser: Parser) -> None:
    """``--run`` and the paths of test files."""
    parser.flag("--run", text="only cases whose name has a match of this pattern")
    parser.flag("--context", text="who runs this, as JSON; accepted for clients that send it")
    parser.add_argument(
        "paths", nargs="*", help="test files, or folders of them (default: those of the env in atlas.hcl)"
    )


def chosen_cases(
    arguments: Namespace, context: Context, project: Project | None, kind: str
) -> tuple[Case, ...]:
    """The cases to run, at least one; each was read to its end.

    Raises:
        UsageError: There is none.
        ParseError: A file that says what has no meaning.
        PolicyRefused: A case runs programs, and nobody allowed that.
    """
    from atlas.cli.project.variables import variables_of
    from atlas.cli.testing.files import read_test_files
    from atlas.engine.testing import Inputs, read_cases, texts_in
    from atlas.engine.testing.pattern import compiled

    # Tests of plans are listed beside those of the schema that they change.
    settings = getattr(project.tests, "schema" if kind == "plan" else kind) if project else None
    words = arguments.paths or (settings.src if settings else ())
    given = texts_in(settings.vars) if settings else {}
    said: set[str] = set()
    inputs = Inputs(
        variables={**given, **variables_of(arguments.var)},
        functions=lambda name: _functions(name, context, said),
    )
    cases = read_cases(read_test_files(words, kind), kind, inputs)
    pattern = compiled(arguments.run, "--run")
    chosen = tuple(case for case in cases if pattern.search(case.name))
    if not chosen:
        pick = f': --run "{arguments.run}" has no match among {len(cases)}' if arguments.run else ""
        raise UsageError(
            f'no test cases found{pick}: expected a block test "{kind}" "name" in {", ".join(words)}'
        )
    _check(chosen, arguments, context)
    return chosen


def _functions(name: str, context: Context, said: set[str]) -> Mapping[str, Function]:
    """The functions of HCL; paths are relative to the file that names them.

    A case is read before its room is there and once more when it is: ``print`` says a text once.
    """
    from pathlib import Path

    from atlas.hcl.functions import hcl_functions
    from atlas.sources.project_files import ProjectFiles
    from atlas.wiring import SystemClock

    def say(text: str) -> None:
        if text not in said:
            said.add(text)
            context.out(text)

    return hcl_functions(context.environ, ProjectFiles(Path(name).parent), now=SystemClock().now, say=say)


def _check(cases: tuple[Case, ...], arguments: Namespace, context: Context) -> None:
    from atlas.engine.testing import UNKNOWN_URL, External

    may = may_run_programs(arguments, context)
    for case in cases:
        if case.skip:
            continue
        for command in case.commands(UNKNOWN_URL):
            if isinstance(command, External) and not may:
                raise PolicyRefused(
                    f"{command.place}: the case runs the program {command.program[0]}: programs run only when somebody "
                    f"says so: give --allow-programs, or set {ALLOW_PROGRAMS}=1"
                )
