"""Files of plans: read from a path or the registry, and written beside the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.errors import SpecError, UsageError

if TYPE_CHECKING:
    from atlas.cli.context import Context
    from atlas.client.plans import StoredPlan
    from atlas.engine.plan_file import PlanFile
    from atlas.project import Project


class ReadPlan(NamedTuple):
    """A plan, and how the registry has it where it comes from there."""

    file: PlanFile
    stored: StoredPlan | None


def read_plan(url: str, context: Context, project: Project | None) -> ReadPlan:
    """The plan at ``file://x.plan.hcl``, a path, or ``atlas://schema/plans/name``.

    Raises:
        ParseError: The file is no plan.
        SpecError: There is no such file, or the URL is none.
        RegistryError: The registry does not have it, or does not answer.
    """
    from atlas.engine.plan_file import parse_plan_file

    if url.startswith("atlas:"):
        from atlas.cli.commands.schema.plan.backed_up import pulled_plan
        from atlas.wire.reference import parse_plan_reference

        stored = pulled_plan(parse_plan_reference(url), context, project)
        return ReadPlan(stored.file, stored)
    scheme, mark, path = url.partition("://")
    if mark and scheme != "file":
        raise SpecError(f'"{url}" is no plan: expected file://NAME.plan.hcl or atlas://SCHEMA/plans/NAME')
    name = path if mark else url
    text = _text_of(name)
    if not name.endswith(".hcl"):
        raise SpecError(f'"{name}" is no plan: expected file://NAME.plan.hcl or atlas://SCHEMA/plans/NAME')
    return ReadPlan(parse_plan_file(text, name), None)


def save_plan(file: PlanFile) -> str:
    """Write ``NAME.plan.hcl`` into the working directory, and return its URL.

    Raises:
        UsageError: There is such a file.
    """
    from pathlib import Path

    from atlas.engine.plan_file import SUFFIX, print_plan_file

    path = Path(f"{file.name}{SUFFIX}")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(print_plan_file(file))
    except FileExistsError:
        raise UsageError(f"{path} exists already: give another --name, or remove the file") from None
    return f"file://{path}"


def _text_of(path: str) -> str:
    from pathlib import Path

    try:
        return Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SpecError(f"stat {path}: no such file or directory; expected the file of a plan") from None
    except UnicodeDecodeError:
        raise SpecError(f"{path} is not UTF-8: expected the file of a plan") from None
