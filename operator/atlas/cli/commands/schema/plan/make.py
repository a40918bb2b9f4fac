"""``atlas schema plan``: work out what leads from one state to another, and keep it for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import add_format_flag, add_state_flags, described
from atlas.cli.project.file import filled
from atlas.cli.urls.states import States
from atlas.errors import PlanError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.commands.schema.plan.examining import Examined
    from atlas.cli.commands.schema.plan.planning import Planned
    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.render.documents import Document
    from atlas.client.plans import StoredPlan
    from atlas.engine.plan_file import PlanFile


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema plan --env local --save", "to a file, to be reviewed")
    parser.example("atlas schema plan --env local --push --pending", "to the registry, to be approved there")
    add_state_flags(parser)
    parser.flag("--name", text="name the plan (default: the time)")
    parser.flag(
        "--name-format",
        text="Go template for the name, as 'pr-42-{{ printf \"%.8s\" (base64url .FromHash) }}'",
    )
    parser.repeated(
        "--directive",
        text="a directive for the first lines of the plan, as atlas:nolint or atlas:txmode none",
    )
    parser.switch("--edit", text="open the plan in $EDITOR before it is tried out")
    parser.switch(
        "--save",
        text="write NAME.plan.hcl into the working directory, and push nothing unless --push says so",
    )
    parser.switch("--push", text="store the plan in the registry (the default)")
    parser.switch("--pending", text="store it for somebody else to approve")
    parser.switch("--dry-run", text="print the plan; store nothing")
    parser.switch("--auto-approve", text="approve the plan without asking")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Plan, try the plan out, and store it."""
    from atlas.cli.commands.schema.plan.examining import examined
    from atlas.cli.commands.schema.plan.planning import planned_states

    _check(arguments)
    arguments, project = filled(arguments, context)
    states = States(arguments, context, project)
    planned = planned_states(states)
    if not planned.plan.statements:
        from atlas.cli.render.plan_text import NO_CHANGES

        raise PlanError(NO_CHANGES)
    file = _file(states, planned)
    tried = examined(states, planned, file)
    if tried.doubt:
        context.err(f"Warning: the plan was not tried out: {tried.doubt}")
    if not arguments.format:
        _show(states, planned, tried)
    if not arguments.dry_run and not _is_approved(arguments):
        return 0
    return _keep(states, planned, file, tried)


def _check(arguments: Namespace) -> None:
    for one, other in (
        ("dry_run", "auto_approve"),
        ("dry_run", "push"),
        ("dry_run", "save"),
        ("name", "name_format"),
    ):
        if getattr(arguments, one) and getattr(arguments, other):
            flags = f"{one} {other}".replace("_", "-")
            raise UsageError(f"if any flags in the group [{flags}] are set none of the others can be")


def _file(states: States, planned: Planned) -> PlanFile:
    from atlas.engine.plan_file import PlanFile, text_of_plan
    from atlas.engine.scan import options_for

    arguments = states.arguments
    directives = [_unquoted(each) for each in arguments.directive]
    text = text_of_plan(planned.plan, options_for(planned.dialect), directives)
    name = _name(arguments, planned)
    if arguments.edit:
        from atlas.cli.terminal.editor import edited
        from atlas.engine.directory import MigrationFile

        editor = states.context.environ.get("EDITOR") or "vi"
        text = edited(MigrationFile(f"{name}.sql", text.encode()), editor).text
    current, desired = planned.transition
    return PlanFile(name=name, current_hash=current, desired_hash=desired, migration=text)


def _name(arguments: Namespace, planned: Planned) -> str:
    from atlas.engine.directory import generated_version
    from atlas.wire.reference import checked_plan_name
    from atlas.wiring import SystemClock

    time = generated_version(SystemClock().now())
    if not arguments.name_format:
        return checked_plan_name(arguments.name or time)
    from atlas.gotemplate import render

    current, desired = planned.transition
    document = {"Name": time, "FromHash": current, "ToHash": desired}
    return checked_plan_name(render(arguments.name_format, document))


def _unquoted(word: str) -> str:
    """A directive; clients send it as Go quotes strings, which for what a directive may hold is as JSON does."""
    import json

    if not word.startswith('"'):
        return word
    try:
        return str(json.loads(word))
    except ValueError:
        raise UsageError(f"invalid --directive {word}: expected atlas:NAME [VALUE]") from None


def _show(states: States, planned: Planned, tried: Examined) -> None:
    from atlas.cli.render.plan_text import analysis_text, planning_text

    places = (described(planned.current_urls), described(planned.desired_urls))
    states.context.out(planning_text(tried.plan.statements, places))
    states.context.out(analysis_text(tried.report, len(tried.plan.statements)))
    states.context.flush()


def _is_approved(arguments: Namespace) -> bool:
    """Whether to go on: what is saved, or left for somebody else to approve, needs no word of this person."""
    from atlas.cli.commands.schema.plan.storing import ask_approval

    if arguments.auto_approve or arguments.pending or (arguments.save and not arguments.push):
        return True
    return ask_approval(
        arguments,
        otherwise="--auto-approve to push an approved plan, --pending to leave the approval to somebody else, "
        "--save to write a file, or --dry-run to look at the plan only",
    )


def _keep(states: States, planned: Planned, file: PlanFile, tried: Examined) -> int:
    arguments, context = states.arguments, states.context
    saved, stored = "", None
    if arguments.save:  # first: a plan must not be in the registry when the command says that it failed
        from atlas.cli.commands.schema.plan.files import save_plan

        saved = save_plan(file)
    pushes = not arguments.dry_run and (arguments.push or arguments.pending or not arguments.save)
    if pushes:
        stored = _pushed(states, planned, file)
    if arguments.format:
        from atlas.gotemplate import render

        context.out(render(arguments.format, _document(states, planned, file, tried, saved, stored)))
        return 0
    from atlas.cli.render.plan_text import saved_text, stored_text

    context.out((saved_text(saved) if saved else "") + (stored_text(stored) if stored else ""), end="")
    return 0


def _pushed(states: States, planned: Planned, file: PlanFile) -> StoredPlan:
    from atlas.cli.commands.schema.plan.planning import repository_of
    from atlas.cli.commands.schema.plan.storing import send

    slug = repository_of(states, planned.desired_urls)
    return send(states, slug, file)


def _document(
    states: States,
    planned: Planned,
    file: PlanFile,
    tried: Examined,
    saved: str,
    stored: StoredPlan | None,
) -> Document:
    from atlas.cli.commands.schema.plan.planning import environment_of, named_repository
    from atlas.cli.render.plan_documents import plan_file_document, schema_plan_document

    places = (described(planned.current_urls), described(planned.desired_urls))
    shown = plan_file_document(file, tried.written, places=places, stored=stored, url=saved)
    slug = stored.slug if stored else named_repository(states, planned.desired_urls)
    return schema_plan_document(environment_of(states, planned), slug, shown, lint=tried.report)
