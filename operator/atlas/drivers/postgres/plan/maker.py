"""Collects steps; each kind of object has a module that gives it its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.drivers.postgres.ddl.comment import comment_on, named, phrase
from atlas.drivers.postgres.ddl.names import quote
from atlas.drivers.postgres.plan.step import Act, Phase, Place, Step
from atlas.engine.plan import Hazard, HazardKind, SqlText
from atlas.schema import Key, Kind

if TYPE_CHECKING:
    from atlas.drivers.postgres.ddl.names import Names
    from atlas.drivers.postgres.plan.context import Context, Fate
    from atlas.schema.walk import Object

LOCK_TIMEOUT_S = 3.0
"""How long an online statement waits for a lock: queries queue up behind the one that waits."""


class Maker:
    """Steps in the making.

    Attributes:
        steps: In the order in which they were made.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.steps: list[Step] = []

    @property
    def names(self) -> Names:
        """How names are written."""
        return self.context.names

    def step(self, phase: Phase, act: Act, key: Key, sql: str | SqlText, comment: str, **more: Any) -> Step:
        """Add a statement; ``more`` are fields of Step."""
        text = sql if isinstance(sql, SqlText) else SqlText(sql)
        made = Step(number=len(self.steps), phase=phase, act=act, key=key, sql=text, comment=comment, **more)
        self.steps.append(made)
        return made

    def build(self, key: Key, fate: Fate, sql: str | SqlText, comment: str, **more: Any) -> Step:
        """Add a statement after which the object is as desired."""
        return self.step(Phase.BUILD, Act.BUILD, key, sql, comment, changes=fate.changes, **more)

    def remove(self, key: Key, fate: Fate, sql: str, comment: str, **more: Any) -> Step:
        """Add a statement after which the current object is gone."""
        phase = more.pop("phase", Phase.DROP)
        return self.step(phase, Act.REMOVE, key, sql, comment, changes=fate.changes, **more)

    def clause(self, key: Key, fate: Fate, sql: str, place: Place, **more: Any) -> Step:
        """Add a clause of ALTER TABLE on the table of ``key``."""
        table = key.parent or key
        act = more.pop("act", Act.BUILD)
        return self.step(
            Phase.BUILD,
            act,
            key,
            sql,
            f"modify {quote(table.name)} table",
            clause_of=table,
            place=place,
            changes=fate.changes,
            **more,
        )

    def alter_table(self, key: Key) -> str:
        """``ALTER TABLE "t"`` of the table of ``key``."""
        return f"ALTER TABLE {self.names.relation(key)}"

    def comment(self, key: Key, fate: Fate, target: str, what: str, text: str, before: str = "") -> None:
        """Set a comment, if there is one to be set or taken away."""
        if text != before:
            self.step(
                Phase.BUILD,
                Act.FINISH,
                key,
                comment_on(target, text),
                f"set comment to {what}",
                changes=fate.changes,
                reverse=(comment_on(target, before),),
            )

    def drop(self, key: Key, fate: Fate, comment: str, back: tuple[str, ...], **more: Any) -> Step:
        """Drop an object that is no child; ``back`` makes it again, and its comment is set again after that."""
        assert fate.current is not None  # noqa: S101  it goes
        target = named(key, fate.current, self.names)
        again = restored(back, target, getattr(fate.current, "comment", ""))
        # NB: its text has former names, and renames are undone last.
        reverse = None if self.context.renames else again
        return self.remove(key, fate, f"DROP {target}", comment, reverse=reverse, **more)

    def comments(self, key: Key, fate: Fate) -> None:
        """Set the comment of an object that is no child."""
        assert fate.desired is not None  # noqa: S101  what is dropped gets no comment
        before = "" if fate.comes else getattr(fate.current, "comment", "")
        target = named(key, fate.desired, self.names)
        what = f"{phrase(key.kind)}: {quote(plain_name(key))}"
        self.comment(key, fate, target, what, fate.desired.comment, before)


def restored(back: tuple[str, ...], target: str, comment: str) -> tuple[str, ...]:
    """What makes an object again, and sets its comment."""
    return (*back, comment_on(target, comment)) if comment else back


def plain_name(key: Key) -> str:
    """The name without the arguments of a routine."""
    if key.kind in {Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE}:
        return key.name.partition("(")[0]
    return key.name


def drop_text(key: Key, item: Object, names: Names) -> str:
    """DROP, never with CASCADE: whatever else goes is a statement of its own."""
    return f"DROP {named(key, item, names)}"


def hazard(kind: HazardKind, key: Key, text: str) -> Hazard:
    """One cost."""
    return Hazard(kind, key, text)


def breaks_clients(key: Key) -> Hazard:
    """The name is gone."""
    return Hazard(HazardKind.BREAKS_CLIENTS, key, f"Programs that use {key} fail from then on.")


def loses_grants(key: Key) -> Hazard:
    """What is made anew belongs to who makes it, and nobody else has rights on it."""
    return Hazard(
        HazardKind.CHANGES_ACCESS, key, f"{_capital(key)} is made anew: privileges granted on it are gone."
    )


def rewrites(key: Key, why: str) -> tuple[Hazard, ...]:
    """The server writes the table anew under a lock that nobody passes."""
    return (
        Hazard(HazardKind.REWRITES_TABLE, key, f"{why}: the whole table is written anew."),
        Hazard(
            HazardKind.BLOCKS_READS, key, "An ACCESS EXCLUSIVE lock is held while the table is written anew."
        ),
    )


def scans(key: Key, what: str, *, blocks: HazardKind | None = HazardKind.BLOCKS_READS) -> tuple[Hazard, ...]:
    """Every row is read, and may be found to be against it."""
    found = (
        Hazard(HazardKind.MAY_FAIL, key, f"It fails when {what}."),
        Hazard(HazardKind.SCANS_TABLE, key, "Every row is read while a lock is held."),
    )
    if blocks is HazardKind.BLOCKS_READS:
        return (*found, Hazard(blocks, key, "An ACCESS EXCLUSIVE lock is held while rows are read."))
    if blocks is HazardKind.BLOCKS_WRITES:
        return (*found, Hazard(blocks, key, "A SHARE ROW EXCLUSIVE lock is held while rows are read."))
    return found


def _capital(key: Key) -> str:
    text = str(key)
    return text[:1].upper() + text[1:]
