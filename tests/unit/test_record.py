"""``atlas.record`` against ``dataclasses``: the same classes, made by both, answer alike."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any, ClassVar

import pytest
from atlas import record


def classes(dataclass: Any, field: Any) -> tuple[Any, Any, Any]:
    @dataclass(frozen=True, slots=True)
    class Point:
        """A point."""

        kinds: ClassVar[int] = 2
        x: int
        y: int = 0
        tags: tuple[str, ...] = ()
        secret: str = field(default="", repr=False)
        seen: list[str] = field(default_factory=list, compare=False)

        @property
        def sum(self) -> int:
            return self.x + self.y

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        a: int = 1
        b: str

    @dataclass(frozen=True, slots=True)
    class Checked:
        number: int

        def __post_init__(self) -> None:
            if self.number < 0:
                raise ValueError(self.number)

    return Point, Named, Checked


STANDARD = classes(dataclasses.dataclass, dataclasses.field)
OURS = classes(record.dataclass, record.field)
BOTH = pytest.mark.parametrize("made", [STANDARD, OURS], ids=["standard", "ours"])


@BOTH
def test_values_defaults_and_representation(made: tuple[Any, Any, Any]) -> None:
    point, named, _ = made
    one = point(1, tags=("a",), secret="s")

    assert (one.x, one.y, one.tags, one.secret, one.seen, one.sum, point.kinds) == (
        1,
        0,
        ("a",),
        "s",
        [],
        1,
        2,
    )
    assert repr(one) == "classes.<locals>.Point(x=1, y=0, tags=('a',), seen=[])"
    assert repr(named(b="c")) == "classes.<locals>.Named(a=1, b='c')"
    assert point(1).seen is not point(1).seen
    assert (point.__match_args__, named.__match_args__) == (("x", "y", "tags", "secret", "seen"), ())
    assert point.__doc__ == "A point."


@BOTH
def test_equality_and_hashes(made: tuple[Any, Any, Any]) -> None:
    point, named, _ = made

    assert point(1, 2) == point(1, 2, seen=["differs"])
    assert hash(point(1, 2)) == hash(point(1, 2))
    assert point(1) != point(2)
    assert point(1) != (1, 0, (), "", [])
    assert named(a=1, b="") != point(1)


@BOTH
def test_nothing_can_be_set_or_added(made: tuple[Any, Any, Any]) -> None:
    one = made[0](1)

    for name in ("x", "other"):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            setattr(one, name, 3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.x
    assert not hasattr(one, "__dict__")


@BOTH
@pytest.mark.parametrize("words", [((), {}), ((1, 2, (), "", [], 6), {}), ((1,), {"z": 1})])
def test_wrong_arguments_are_refused(
    made: tuple[Any, Any, Any], words: tuple[tuple[Any, ...], dict[str, Any]]
) -> None:
    with pytest.raises(TypeError):
        made[0](*words[0], **words[1])
    with pytest.raises(TypeError):
        made[1](1, "b")


@BOTH
def test_the_check_of_a_class_runs(made: tuple[Any, Any, Any]) -> None:
    with pytest.raises(ValueError, match="-1"):
        made[2](-1)


@BOTH
@pytest.mark.parametrize("replace", [dataclasses.replace, record.replace], ids=["standard", "ours"])
def test_it_is_a_dataclass_to_those_who_ask(made: tuple[Any, Any, Any], replace: Any) -> None:
    point, named, checked = made
    one = point(1, 2)

    assert dataclasses.is_dataclass(one)
    assert [each.name for each in dataclasses.fields(point)] == ["x", "y", "tags", "secret", "seen"]
    assert dataclasses.asdict(one) == {"x": 1, "y": 2, "tags": (), "secret": "", "seen": []}
    assert replace(one, y=5) == point(1, 5)
    assert replace(named(b="c"), a=7) == named(a=7, b="c")
    with pytest.raises(ValueError, match="-2"):
        replace(checked(1), number=-2)
    with pytest.raises(TypeError):
        replace(one, z=1)


@BOTH
def test_copies_are_equal(made: tuple[Any, Any, Any]) -> None:
    one = made[0](1, tags=("a",), seen=["b"])

    assert copy.copy(one) == one
    assert copy.deepcopy(one).seen == ["b"]
    assert copy.deepcopy(one).seen is not one.seen


@record.dataclass(frozen=True, slots=True)
class Kept:
    a: int
    b: str = "b"


def test_it_can_be_pickled_and_matched() -> None:
    assert pickle.loads(pickle.dumps(Kept(1))) == Kept(1)
    match Kept(1):
        case Kept(a, "b"):
            assert a == 1
        case _:
            pytest.fail("it did not match")


@pytest.mark.parametrize("options", [{"frozen": False, "slots": True}, {"frozen": True, "slots": False}])
def test_what_is_not_served_is_refused(options: dict[str, bool]) -> None:
    with pytest.raises(TypeError, match="dataclasses"):
        record.dataclass(**options)(Kept)  # type: ignore[call-overload]
