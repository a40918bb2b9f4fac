"""Steps of enums, domains, composite and range types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl import composite, domain, enum
from atlas.drivers.postgres.ddl.comment import phrase
from atlas.drivers.postgres.ddl.names import literal, quote
from atlas.drivers.postgres.plan.context import Verdict
from atlas.drivers.postgres.plan.maker import breaks_clients, drop_text, hazard, scans
from atlas.drivers.postgres.plan.step import Phase
from atlas.engine.plan import HazardKind
from atlas.schema import Kind
from atlas.schema.objects import Composite, Domain, Enum, RangeType

if TYPE_CHECKING:
    from atlas.drivers.postgres.ddl.names import Names
    from atlas.drivers.postgres.plan.context import Fate
    from atlas.drivers.postgres.plan.maker import Maker
    from atlas.schema import Key
    from atlas.schema.walk import Object

_SWAPPED = "_old"
_LONGEST_NAME = 63


def called(kind: Kind) -> str:
    """``enum type``, ``domain type``: how comments call it."""
    return "domain type" if kind is Kind.DOMAIN else phrase(kind)


def create_text(item: Object, names: Names) -> str:
    """The CREATE of any of the four."""
    match item:
        case Enum():
            return enum.create(item, names)
        case Domain():
            return domain.create(item, names)
        case Composite():
            return composite.create(item, names)
        case RangeType():
            return composite.create_range(item, names)
        case _:
            raise TypeError(item)


def set_aside(key: Key) -> str:
    """The name that a type has while another takes its place."""
    return f"{key.name[: _LONGEST_NAME - len(_SWAPPED)]}{_SWAPPED}"


def type_steps(maker: Maker, key: Key, fate: Fate) -> None:
    """A type: altered where the server can, else another one takes its place in every column."""
    current, desired = fate.current, fate.desired
    if fate.verdict is Verdict.SWAP and current is not None and desired is not None:
        _swap(maker, key, fate, current, desired)
    if fate.goes and fate.verdict is not Verdict.SWAP and current is not None:
        fails = hazard(HazardKind.MAY_FAIL, key, "It fails when a value does not fit the new type.")
        maker.remove(
            key,
            fate,
            drop_text(key, current, maker.names),
            f"drop {called(key.kind)} {quote(key.name)}",
            phase=Phase.LATE_DROP,
            hazards=(breaks_clients(key),) if desired is None else (fails,),
            reverse=(create_text(current, maker.names),),
        )
    if fate.comes and fate.verdict is not Verdict.SWAP and desired is not None:
        _create(maker, key, fate, desired)
    if fate.verdict is Verdict.ALTER:
        _alter(maker, key, fate)
    if desired is not None:
        maker.comments(key, fate)
        _field_comments(maker, key, fate)
        _check_comments(maker, key, fate)


def _create(maker: Maker, key: Key, fate: Fate, desired: Object) -> None:
    maker.build(
        key,
        fate,
        create_text(desired, maker.names),
        f"create {called(key.kind)} {quote(key.name)}",
        reverse=(drop_text(key, desired, maker.names),),
    )
    if isinstance(desired, Domain):
        for check in desired.checks:
            if not check.validated:
                _domain_clause(
                    maker, key, fate, f"ADD {domain.check(check)}", f"DROP CONSTRAINT {quote(check.name)}"
                )


def _swap(maker: Maker, key: Key, fate: Fate, current: Object, desired: Object) -> None:
    """Rename, create, let columns follow (they need the new one), drop what nothing uses any more."""
    word = drop_text(key, current, maker.names).removeprefix("DROP ")
    aside = set_aside(key)
    renamed = maker.build(
        key,
        fate,
        f"ALTER {word} RENAME TO {quote(aside)}",
        f"rename {called(key.kind)} from {quote(key.name)} to {quote(aside)}",
        reverse=(
            f"ALTER {word.split()[0]} {maker.names.qualified(key.schema, aside)} RENAME TO {quote(key.name)}",
        ),
    )
    fails = hazard(HazardKind.MAY_FAIL, key, _why_swap_fails(current, desired))
    made = maker.build(
        key,
        fate,
        create_text(desired, maker.names),
        f"create {called(key.kind)} {quote(key.name)}",
        hazards=(fails,),
        after=frozenset({renamed.number}),
        reverse=(drop_text(key, desired, maker.names),),
    )
    maker.remove(
        key,
        fate,
        f"DROP {word.split()[0]} {maker.names.qualified(key.schema, aside)}",
        f"drop {called(key.kind)} {quote(aside)}",
        phase=Phase.LATE_DROP,
        after=frozenset({made.number}),
    )


def _why_swap_fails(current: Object, desired: Object) -> str:
    if isinstance(current, Enum) and isinstance(desired, Enum):
        gone = [value for value in current.values if value not in set(desired.values)]
        if gone:
            return f"It fails when a row holds {', '.join(literal(value) for value in gone)}."
        return "It fails when a column of this type is used where this version does not see it."
    return "It fails when a value does not fit the new type."


def _alter(maker: Maker, key: Key, fate: Fate) -> None:
    match fate.current, fate.desired:
        case Enum() as current, Enum() as desired:
            for _, text in enum.added_values(current, desired, maker.names):
                maker.build(key, fate, text, f"add value to enum type: {quote(key.name)}")
        case Domain() as current, Domain() as desired:
            _alter_domain(maker, key, fate, current, desired)
        case Composite() as current, Composite() as desired:
            _alter_composite(maker, key, fate, current, desired)
        case _:
            pass


def _domain_clause(maker: Maker, key: Key, fate: Fate, clause: str, back: str, **more: object) -> None:
    target = f"ALTER DOMAIN {maker.names.qualified(key.schema, key.name)}"
    maker.build(
        key,
        fate,
        f"{target} {clause}",
        f"modify domain type {quote(key.name)}",
        reverse=(f"{target} {back}",),
        **more,
    )


def _alter_domain(maker: Maker, key: Key, fate: Fate, current: Domain, desired: Domain) -> None:
    before = {each.name: each for each in current.checks}
    after = {each.name: each for each in desired.checks}
    for name, check in before.items():
        if name not in after or _is_other(check, after[name]):
            _domain_clause(maker, key, fate, f"DROP CONSTRAINT {quote(name)}", f"ADD {domain.check(check)}")
    if current.default != desired.default:
        _domain_clause(maker, key, fate, _default(desired), _default(current))
    if current.null != desired.null:
        costs = () if desired.null else scans(key, "a column of the domain holds NULL", blocks=None)
        _domain_clause(maker, key, fate, _null(desired), _null(current), hazards=costs)
    for name, check in after.items():
        costs = scans(key, "a value breaks the check", blocks=None) if check.validated else ()
        if name not in before or _is_other(before[name], check):
            _domain_clause(
                maker,
                key,
                fate,
                f"ADD {domain.check(check)}",
                f"DROP CONSTRAINT {quote(name)}",
                hazards=costs,
            )
        elif check.validated and not before[name].validated:
            _validate(maker, key, fate, name)


def _validate(maker: Maker, key: Key, fate: Fate, name: str) -> None:
    maker.build(
        key,
        fate,
        f"ALTER DOMAIN {maker.names.qualified(key.schema, key.name)} VALIDATE CONSTRAINT {quote(name)}",
        f"modify domain type {quote(key.name)}",
        hazards=scans(key, "a value breaks the check", blocks=None),
    )


def _is_other(current: object, desired: object) -> bool:
    """The check must be made anew: not where it only is to be validated."""
    return (current.expr, current.validated and not desired.validated) != (desired.expr, False)  # type: ignore[attr-defined]


def _default(item: Domain) -> str:
    return "DROP DEFAULT" if item.default is None else f"SET DEFAULT {item.default}"


def _null(item: Domain) -> str:
    return "DROP NOT NULL" if item.null else "SET NOT NULL"


def _alter_composite(maker: Maker, key: Key, fate: Fate, current: Composite, desired: Composite) -> None:
    before = {each.name: each for each in current.fields}
    after = {each.name for each in desired.fields}
    gone = [f"DROP ATTRIBUTE {quote(name)}" for name in before if name not in after]
    new = [
        f"ADD ATTRIBUTE {composite.attribute(each, maker.names)}"
        for each in desired.fields
        if each.name not in before
    ]
    if not gone and not new:
        return
    text = "Values of the dropped attributes are gone."
    maker.build(
        key,
        fate,
        f"ALTER TYPE {maker.names.qualified(key.schema, key.name)} {', '.join((*gone, *new))}",
        f"modify composite type {quote(key.name)}",
        hazards=(hazard(HazardKind.DELETES_DATA, key, text),) if gone else (),
    )


def _check_comments(maker: Maker, key: Key, fate: Fate) -> None:
    """Comments of the checks of a domain; a check that is made anew has none."""
    if not isinstance(fate.desired, Domain):
        return
    known = fate.current.checks if isinstance(fate.current, Domain) and not fate.comes else ()
    before = {each.name: each for each in known}
    for each in fate.desired.checks:
        was = before.get(each.name)
        maker.comment(
            key,
            fate,
            f"CONSTRAINT {quote(each.name)} ON DOMAIN {maker.names.qualified(key.schema, key.name)}",
            f"constraint: {quote(each.name)} on domain: {quote(key.name)}",
            each.comment,
            was.comment if was and not _is_other(was, each) else "",
        )


def _field_comments(maker: Maker, key: Key, fate: Fate) -> None:
    if not isinstance(fate.desired, Composite):
        return
    known = fate.current.fields if isinstance(fate.current, Composite) and not fate.comes else ()
    before = {each.name: each.comment for each in known}
    for each in fate.desired.fields:
        maker.comment(
            key,
            fate,
            f"COLUMN {maker.names.qualified(key.schema, key.name)}.{quote(each.name)}",
            f"field: {quote(each.name)} of composite type: {quote(key.name)}",
            each.comment,
            before.get(each.name, ""),
        )
