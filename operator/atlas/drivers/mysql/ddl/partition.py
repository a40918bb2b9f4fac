"""How a table is partitioned: the clause, and the ways from one to another that keep the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.drivers.mysql.ddl.writing import Writer
    from atlas.schema.table import Partition, PartitionBy

_LISTED = ("RANGE", "LIST")


@dataclass(frozen=True, slots=True)
class PartitionStep:
    """One clause of an ALTER TABLE that has no other.

    Attributes:
        rewrites: Rows are written anew: all of them, or those of the partitions that are named.
        deletes: The rows of a partition go with it: no other partition is there for them.
        may_fail: A row may have no partition afterwards.
    """

    clause: str
    rewrites: bool = True
    deletes: bool = False
    may_fail: bool = False


def partition_clause(by: PartitionBy, writer: Writer) -> str:
    """``PARTITION BY RANGE (`a`) (PARTITION `p0` VALUES LESS THAN (10))``."""
    keys = ", ".join(writer.name(part.column) if part.column else writer.sql(part.expr) for part in by.parts)
    words = [f"PARTITION BY {by.method} ({keys})"]
    if by.count:
        words.append(f"PARTITIONS {by.count}")
    if by.subpartition:
        words.append(f"SUBPARTITION BY {by.subpartition}")
    if by.partitions:
        words.append(_list(by.partitions, by.method, writer))
    return " ".join(words)


def partition_steps(
    current: PartitionBy | None, desired: PartitionBy | None, writer: Writer
) -> Iterator[PartitionStep]:
    """What makes one of the other, in order."""
    if desired is None:
        yield PartitionStep("REMOVE PARTITIONING")
    elif current is None or not _is_same_key(current, desired):
        yield PartitionStep(partition_clause(desired, writer), may_fail=desired.method.startswith(_LISTED))
    elif desired.count and current.count:
        added = desired.count - current.count
        yield PartitionStep(
            f"ADD PARTITION PARTITIONS {added}" if added > 0 else f"COALESCE PARTITION {-added}"
        )
    elif desired.method.startswith(_LISTED):
        ways = _range_steps if desired.method.startswith("RANGE") else _list_steps
        yield from ways(current.partitions, desired.partitions, desired.method, writer)
    else:
        yield PartitionStep(partition_clause(desired, writer))


def _is_same_key(current: PartitionBy, desired: PartitionBy) -> bool:
    return (current.method, current.parts, current.subpartition) == (
        desired.method,
        desired.parts,
        desired.subpartition,
    )


def _range_steps(
    current: tuple[Partition, ...], desired: tuple[Partition, ...], method: str, writer: Writer
) -> Iterator[PartitionStep]:
    """Rows of a range that goes have a home in the next one; only those behind the last have none."""
    gone, new, following = _middle(current, desired)
    if following:
        # The next partition takes part: its lower bound moves, and with it rows.
        gone, new = (gone, new) if gone and new else ((*gone, following), (*new, following))
        yield _reorganize(gone, new, method, writer)
    else:
        yield _among_themselves(gone, new, method, writer)


def _list_steps(
    current: tuple[Partition, ...], desired: tuple[Partition, ...], method: str, writer: Writer
) -> Iterator[PartitionStep]:
    gone = tuple(each for each in current if each not in desired)
    new = tuple(each for each in desired if each not in current)
    rest = next((each for each in desired if each in current and each.values == "DEFAULT"), None)
    if rest and (not gone or not new):
        yield _reorganize((*gone, rest), (*new, rest), method, writer)
    else:
        yield _among_themselves(gone, new, method, writer)


def _among_themselves(
    gone: tuple[Partition, ...], new: tuple[Partition, ...], method: str, writer: Writer
) -> PartitionStep:
    """No partition that stays takes part."""
    if not gone:
        return PartitionStep(f"ADD PARTITION {_list(new, method, writer)}", rewrites=False)
    if not new:
        return PartitionStep(f"DROP PARTITION {_names(gone, writer)}", rewrites=False, deletes=True)
    return _reorganize(gone, new, method, writer)


def _reorganize(
    gone: tuple[Partition, ...], new: tuple[Partition, ...], method: str, writer: Writer
) -> PartitionStep:
    clause = f"REORGANIZE PARTITION {_names(gone, writer)} INTO {_list(new, method, writer)}"
    return PartitionStep(clause, may_fail=gone[-1].values != new[-1].values)


def _middle(
    current: tuple[Partition, ...], desired: tuple[Partition, ...]
) -> tuple[tuple[Partition, ...], tuple[Partition, ...], Partition | None]:
    """What is different between the first and the last equal partitions, and the one that follows it."""
    start = 0
    while start < min(len(current), len(desired)) and current[start] == desired[start]:
        start += 1
    end = 0
    while end < min(len(current), len(desired)) - start and current[-1 - end] == desired[-1 - end]:
        end += 1
    following = current[len(current) - end] if end else None
    return current[start : len(current) - end], desired[start : len(desired) - end], following


def _list(partitions: Iterable[Partition], method: str, writer: Writer) -> str:
    return "(" + ", ".join(_partition(each, method, writer) for each in partitions) + ")"


def _partition(partition: Partition, method: str, writer: Writer) -> str:
    words = [f"PARTITION {writer.name(partition.name)}"]
    if partition.values == "DEFAULT" or (method.startswith("LIST") and not partition.values):
        words.append("DEFAULT")
    elif partition.values:
        words.append(f"VALUES {writer.sql(partition.values)}")
    if partition.comment:
        words.append(f"COMMENT {writer.text(partition.comment)}")
    return " ".join(words)


def _names(partitions: Iterable[Partition], writer: Writer) -> str:
    return ", ".join(writer.name(each.name) for each in partitions)
