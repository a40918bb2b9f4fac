"""The file of a plan, ``NAME.plan.hcl``: one block with the hashes of two states and the SQL between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atlas.errors import ParseError
from atlas.hcl import Scope, evaluate, parse
from atlas.hcl.quote import quote

if TYPE_CHECKING:
    from atlas.hcl.nodes import Block

SUFFIX: Final = ".plan.hcl"
_TEXTS: Final = ("from", "to", "migration")
_MARKERS: Final = ("SQL", "ENDSQL", "END_OF_PLAN")
_EXPECTED: Final = 'expected one block plan "name" with from, to and migration'


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan as text.

    Attributes:
        current_hash, desired_hash: Of ``state_hash``, of the states that it leads from and to.
        migration: Statements as in a migration file, with comments and directives.
    """

    name: str
    current_hash: str
    desired_hash: str
    migration: str


def print_plan_file(plan: PlanFile) -> str:
    """The one text of a plan file, with a final newline; ``parse_plan_file`` gives the same plan back."""
    lines = (
        f"plan {quote(plan.name)} {{",
        f"  from      = {quote(plan.current_hash)}",
        f"  to        = {quote(plan.desired_hash)}",
        f"  migration = {_sql(plan.migration)}",
        "}",
    )
    return "".join(f"{line}\n" for line in lines)


def parse_plan_file(text: str, file_name: str) -> PlanFile:
    """Read a plan file.

    Raises:
        ParseError: ``file:line:column: …``: it is no plan file.
    """
    body = parse(text, file_name)
    if len(body.blocks) != 1 or body.attributes or body.blocks[0].type != "plan":
        raise ParseError(f"{file_name}: this is no plan file: {_EXPECTED}")
    block = body.blocks[0]
    if len(block.labels) != 1 or not block.labels[0] or block.body.blocks:
        raise ParseError(f"{block.range}: {_EXPECTED}")
    unknown = block.body.attributes.keys() - set(_TEXTS)
    if unknown:
        name = min(unknown)
        place = block.body.attributes[name].range
        raise ParseError(f'{place}: unknown attribute "{name}" of a plan: {_EXPECTED}')
    current, desired, migration = (_text(block, name) for name in _TEXTS)
    return PlanFile(name=block.labels[0], current_hash=current, desired_hash=desired, migration=migration)


def _text(block: Block, name: str) -> str:
    attribute = block.body.attributes.get(name)
    if attribute is None:
        raise ParseError(f'{block.range}: plan "{block.labels[0]}" has no {name}: {_EXPECTED}')
    value = evaluate(attribute.expression, Scope({}, {}))
    if not isinstance(value, str) or not value.strip():
        raise ParseError(f"{attribute.range}: {name} of a plan must be a text that is not empty")
    return value


def _sql(text: str) -> str:
    """A heredoc where one says the text exactly, else a quoted string.

    A ``<<-`` heredoc ends in a line break, and loses the indentation that all of its lines share.
    """
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    marker = next((word for word in _MARKERS if all(line.strip() != word for line in lines)), "")
    is_exact = (
        marker
        and text.endswith("\n")
        and filled
        and not all(line[0] in " \t" for line in filled)
        and not any(line and not line.strip() for line in lines)
        and all(line.replace("\t", "").isprintable() for line in lines)
        and not any(sign in text for sign in ("$${", "%%{", "$%{", "%${"))
    )
    if not is_exact:
        return quote(text)
    escaped = (line.replace("${", "$${").replace("%{", "%%{") for line in lines[:-1])
    return "\n".join((f"<<-{marker}", *(f"    {line}" if line else "" for line in escaped), f"  {marker}"))
