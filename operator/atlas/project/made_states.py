"""The states that data sources may make, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class MadeDirectory:
    """Files of a migration directory, by name, in their order; ``atlas.sum`` is made from them where it is asked for.

    ``folder`` is where the templates of the files lie, for commands that write a file; '' where nothing can be written.
    """

    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    folder: str = ""


@dataclass(frozen=True, slots=True)
class MadeSchema:
    """A desired state in texts: pairs ``(name, text)`` that are read together, and the variables of HCL as texts."""

    notation: Literal["hcl", "sql"]
    files: tuple[tuple[str, str], ...] = field(repr=False)
    variables: Mapping[str, str | list[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class MadeComposite:
    """Desired states that are put together: pairs ``(schema, urls)``, where ``schema`` is the one they are of, or ''."""

    parts: tuple[tuple[str, tuple[str, ...]], ...] = field(repr=False)


Made: TypeAlias = MadeDirectory | MadeSchema | MadeComposite


def content_of(made: Made) -> bytes:
    """What a state is made of: equal states have equal bytes."""
    match made:
        case MadeDirectory():
            texts = [part for name, content in made.files for part in (name.encode(), content)]
        case MadeSchema():
            files = (part.encode() for file in made.files for part in file)
            texts = [*files, made.notation.encode(), repr(sorted(made.variables.items())).encode()]
        case MadeComposite():
            texts = [repr(made.parts).encode()]
    return b"\0".join((type(made).__name__.encode(), *texts))
