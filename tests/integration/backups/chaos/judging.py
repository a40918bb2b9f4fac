"""What must hold during a storm and after it."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

from atlas.client.pull import pull_directory
from atlas.client.transport import Transport
from atlas.engine.backups import Target, read_version
from atlas.errors import Unavailable
from atlas.wire.contract import DIRECTORY, SCHEMA, RegistryAddress, RepositoryType
from atlas.wire.digest import Digest, digest_of
from atlas.wire.history import latest_of
from atlas.wire.index import RepositoryIndex
from atlas.wire.reference import Reference

from tests.integration.backups.chaos.world import REGISTRY, World
from tests.integration.backups.chaos.writers import SHARED, SLUG, Notes, Push

TYPES: tuple[RepositoryType, ...] = (DIRECTORY, SCHEMA)


@dataclass(frozen=True)
class State:
    """What a target says of a repository.

    Two backups are the same where their states are equal: the same versions by digest, each tag and the latest lead to the
    same digest, and the same pushes are marked as missed by the registry. Ordinals and times may differ: they say in which
    order a target took what. The registry is the same where its tags and, once something was pushed without a tag, its latest
    are; it may lack versions that no tag and no latest leads to any more, and those are what the marks are left for. (Without
    such a push the latest is the newest version, of which each target has its own times.)
    """

    digests: frozenset[Digest]
    tags: tuple[tuple[str, Digest], ...]
    latest: Digest
    is_latest_pushed: bool
    marks: frozenset[tuple[str, Digest]]


def state_of(target: Target, type_: RepositoryType) -> State:
    index = index_at(target, type_)
    assert index is not None, f"{target.url} has no {type_}"
    return State(
        frozenset(version.digest for version in index.versions),
        tuple(sorted((name, index.versions[tag.ordinal - 1].digest) for name, tag in index.tags.items())),
        latest_of(index).digest,
        index.latest is not None,
        frozenset((mark.tag, index.versions[mark.ordinal - 1].digest) for mark in index.unsynced),
    )


def index_at(target: Target, type_: RepositoryType) -> RepositoryIndex | None:
    loaded = target.content.load_index(target.key(type_, SLUG))
    return loaded.index if loaded else None


def broken_rules(index: RepositoryIndex, before: RepositoryIndex | None) -> list[str]:
    """What is wrong with an index, also compared with what it was a moment ago."""
    count = len(index.versions)
    wrong = []
    if [version.ordinal for version in index.versions] != list(range(1, count + 1)):
        wrong.append("ordinals are not dense")
    ordinals = [tag.ordinal for tag in index.tags.values()] + [mark.ordinal for mark in index.unsynced]
    if index.latest is not None:
        ordinals.append(index.latest)
    if not all(1 <= ordinal <= count for ordinal in ordinals):
        wrong.append("something leads to a version that is not there")
    if before and index.versions[: len(before.versions)] != before.versions:
        wrong.append("a version was lost or changed")
    if before and not before.tags.keys() <= index.tags.keys():
        wrong.append("a tag was lost")
    return wrong


def is_as_pushed(target: Target, push: Push) -> str:
    """Read a version by the tag of its push; what is wrong with it, '' for nothing."""
    served = read_version(target, push.type, Reference(SLUG, tag=push.tag))
    if served.version.digest != digest_of(served.entries):
        return f"{push} at {target.url}: not what its digest says"
    if push.type == DIRECTORY:
        return "" if served.entries == push.entries() else f"{push} at {target.url}: other files"
    [entry] = served.entries
    is_ours = f'"t_{push.marker}"'.encode() in entry.content
    return "" if is_ours else f"{push} at {target.url}: another schema: {entry.content.decode()}"


@dataclass
class Reader:
    """Reads what was acknowledged while others write, at the buckets themselves and from the registry."""

    made: World
    notes: Notes
    chance: random.Random
    reads: int = 0
    wrong: list[str] = field(default_factory=list)
    _before: dict[tuple[str, RepositoryType], RepositoryIndex] = field(default_factory=dict)

    def read_until(self, is_over: threading.Event) -> None:
        """Note everything that a reader must never see."""
        targets = self.made.settled()
        while not is_over.wait(0.02):
            try:
                self._look(targets)
            except Exception as error:  # noqa: BLE001 - whatever it is, a reader must not see it
                self.wrong.append(f"{type(error).__name__}: {error}")

    def _look(self, targets: dict[str, Target]) -> None:
        name = self.chance.choice(list(targets))
        for type_ in TYPES:
            index = index_at(targets[name], type_)
            if index is not None:
                self.wrong += [
                    f"{name}: {text}" for text in broken_rules(index, self._before.get((name, type_)))
                ]
                self._before[name, type_] = index
                newest = index.versions[-1:]
                for version in newest:
                    targets[name].content.entries(index.key, version.digest)
        alone = [(taker, push) for taker, push in self.notes.acknowledged() if push.is_alone]
        if alone:
            taker, push = self.chance.choice(alone)
            self._note(is_as_pushed(targets[taker], push))
            if taker == REGISTRY and push.type == DIRECTORY:
                self._pull(push)
        self.reads += 1

    def _pull(self, push: Push) -> None:
        address = RegistryAddress(f"http://127.0.0.1:{self.made.registry_port}/query", self.made.token)
        try:
            with Transport(address) as transport:
                pulled = pull_directory(transport, Reference(SLUG, tag=push.tag))
        except Unavailable:
            return  # it was killed
        self._note("" if pulled.entries == push.entries() else f"{push}: the registry gives other files")

    def _note(self, text: str) -> None:
        if text:
            self.wrong.append(text)


def wrong_after(made: World, notes: Notes) -> list[str]:
    """What was acknowledged and cannot be read, and indexes that are not consistent."""
    wrong = list(notes.faults)
    targets = made.settled()
    for taker, push in notes.took:
        try:
            if push.is_alone and (text := is_as_pushed(targets[taker], push)):
                wrong.append(text)
        except Exception as error:  # noqa: BLE001 - told with its push
            wrong.append(f"{taker} acknowledged {push}, and says: {type(error).__name__}: {error}")
    for name, target in targets.items():
        for type_ in TYPES:
            index = index_at(target, type_)
            if index is None:
                continue  # nobody was acknowledged by it, or that is told above
            wrong += [f"{name}: {text}" for text in broken_rules(index, None)]
            wrong += _held_wrongly(name, index, notes)
    return wrong


def _held_wrongly(name: str, index: RepositoryIndex, notes: Notes) -> list[str]:
    """What the index holds and nobody pushed."""
    made = {push.tag for push in (*notes.unknown, *(push for _, push in notes.took))}
    strange = index.tags.keys() - made
    return [f"{name}: tags of nobody: {sorted(strange)}"] if strange else []


def differences(made: World) -> list[str]:
    """Where targets are not the same."""
    found = []
    for type_ in TYPES:
        states = {name: state_of(target, type_) for name, target in made.settled().items()}
        first = states["one"]
        for name, state in states.items():
            told = [f"a mark for tag {tag}" for tag, _ in state.marks if tag]
            told += ["a mark for the latest"] * any(digest == state.latest for _, digest in state.marks)
            compared = (
                ["digests", "latest", "marks"] if name != REGISTRY else ["latest"] * first.is_latest_pushed
            )
            for what in compared:
                if getattr(state, what) != getattr(first, what):
                    told.append(f"{what} {_short(getattr(state, what), getattr(first, what))}")
            if not state.digests <= first.digests:
                told.append(f"{len(state.digests - first.digests)} versions that no backup has")
            tags, others = dict(state.tags), dict(first.tags)
            told += [
                f"tag {tag}: {tags.get(tag, '-')[7:15]} not {others.get(tag, '-')[7:15]}"
                for tag in sorted(tags.keys() | others.keys())
                if tags.get(tag) != others.get(tag)
            ]
            if told:
                found.append(f"{type_} at {name} is not as at one: {'; '.join(told)}")
    return found


def _short(ours: object, theirs: object) -> str:
    if isinstance(ours, frozenset) and isinstance(theirs, frozenset):
        return f"+{len(ours - theirs)} -{len(theirs - ours)}"
    return f"{str(ours)[:15]} not {str(theirs)[:15]}"


__all__ = ["SHARED", "Reader", "State", "differences", "wrong_after"]
