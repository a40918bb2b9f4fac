"""Several releases in one cluster, each with the resources of its labels: none touches what is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.conftest import resource
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.conftest import Namespace, Process

ONE = {"1_a.sql": "CREATE TABLE a (id integer PRIMARY KEY);"}
TWO = ONE | {"2_b.sql": "CREATE TABLE b (id integer PRIMARY KEY);"}


def of_team(namespace: Namespace, team: str, name: str, files: dict[str, str]) -> None:
    found = resource(name, {"url": namespace.url(f"{name}.db"), "dir": {"local": files}})
    found["metadata"]["labels"] = {"team": team}
    namespace.apply(found)


def passes(process: Process) -> list[str]:
    """The resources that it worked on, once for each time."""
    return [str(line["resource"]) for line in process.lines() if "resource" in line]


def worked_on(process: Process) -> set[str]:
    return set(passes(process))


def works(process: Process) -> bool:
    return any("working as" in line["message"] for line in process.lines())


def test_each_release_has_its_own_resources_and_its_own_leader(
    namespace: Namespace, new_operator: Callable[..., Process]
) -> None:
    def release(team: str) -> Process:
        lease = (
            "--leader-elect",
            "--leader-election-id",
            team,
            "--leader-election-namespace",
            namespace.name,
        )
        operator = new_operator("--label-selector", f"team in ({team})", *lease)
        operator.start()
        return operator

    north, south = release("north"), release("south")
    wait_until(lambda: works(north) and works(south), north.log.read_text)
    successor = release("south")
    of_team(namespace, "north", "of-north", ONE)
    of_team(namespace, "south", "of-south", ONE)
    namespace.wait_ready("of-north", "1")
    namespace.wait_ready("of-south", "1")
    wait_until(lambda: worked_on(north) and worked_on(south), south.log.read_text)
    assert (worked_on(north), worked_on(south)) == ({"of-north"}, {"of-south"})

    assert south.terminate() == 0
    wait_until(lambda: works(successor), successor.log.read_text)
    of_team(namespace, "south", "of-south", TWO)
    namespace.wait_ready("of-south", "2")
    assert worked_on(north) == {"of-north"}

    of_team(namespace, "south", "of-north", ONE)
    wait_until(lambda: "of-north" in worked_on(successor), successor.log.read_text)
    of_team(namespace, "south", "of-north", TWO)
    namespace.wait_ready("of-north", "2")
    before, looks = passes(north), len(passes(successor))
    namespace.annotate("of-north", "now")
    wait_until(lambda: len(passes(successor)) > looks, successor.log.read_text)
    assert passes(north) == before
    wait_until(
        lambda: namespace.event_reasons("of-south") == ["Applied", "Applied"],
        lambda: namespace.event_reasons("of-south"),
    )
