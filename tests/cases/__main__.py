"""``python -m tests.cases prove|accept DIR…``: prove cases, or write down what the engine plans, to be read by a person.

A DIR may hold many cases. Nothing is accepted in silence: what was written is printed.
"""

from __future__ import annotations

import sys
import traceback
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from atlas.errors import AtlasError, Unsupported

from tests.cases.case import read_case
from tests.cases.proof import prove, written
from tests.cases.servers import GROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.cases.case import Case
    from tests.cases.servers import Ground


def main(words: list[str]) -> int:
    if len(words) < 2 or words[0] not in {"prove", "accept"}:
        print(__doc__)
        return 2
    act = prove_one if words[0] == "prove" else accept_one
    failed = total = 0
    for driver, cases in groupby(
        sorted(_cases(words[1:]), key=lambda case: case.driver), lambda case: case.driver
    ):
        ground = GROUNDS[driver]()
        try:
            for case in cases:
                total += 1
                failed += not _guarded(act, case, ground)
        finally:
            ground.stop()
    print(f"{total - failed} of {total}")
    return int(failed > 0)


def _cases(words: Iterable[str]) -> Iterator[Case]:
    for word in words:
        folder = Path(word).resolve()
        found = sorted(folder.rglob("desired.sql"))
        if not found:
            raise SystemExit(f"{word}: no desired.sql is in there")
        yield from (read_case(path.parent) for path in found)


def _guarded(act: object, case: Case, ground: Ground) -> bool:
    try:
        return bool(act(case, ground))  # type: ignore[operator]
    except AtlasError as error:
        print(f"FAILED {case.name}: {type(error).__name__}: {error}")
    except Exception:  # noqa: BLE001  one broken case does not hide the others
        print(f"FAILED {case.name}")
        traceback.print_exc(limit=-6, file=sys.stdout)
    return False


def prove_one(case: Case, ground: Ground) -> bool:
    complaints = prove(case, ground)
    if complaints:
        print(f"FAILED {case.name}\n" + "\n".join(complaints))
    return not complaints


def accept_one(case: Case, ground: Ground) -> bool:
    try:
        found = written(case, ground)
    except Unsupported as error:
        _rewrite(case, {"unsupported": str(error)})
        print(f"{case.name}: refused: {error}")
        return True
    (case.path / "plan.sql").write_text(found.plan, "utf-8")
    _rewrite(case, {"hazards": found.hazards, "changes": found.changes})
    print(
        f"== {case.name}\n{found.plan}hazards: {'; '.join(found.hazards)}\nchanges: {'; '.join(found.changes)}"
    )
    return prove_one(read_case(case.path), ground)


def _rewrite(case: Case, values: dict[str, object]) -> None:
    """Replace these settings in ``case.toml`` and keep the others."""
    path = case.path / "case.toml"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    kept: list[str] = []
    skipping = False
    for line in lines:
        word = line.partition("=")[0].strip()
        if word in {"hazards", "changes", "unsupported"} and not line.startswith(" "):
            skipping = "[" in line and not line.rstrip().endswith("]")
            continue
        if skipping:
            skipping = not line.startswith("]")
            continue
        kept.append(line)
    head = [line for name, value in values.items() for line in _toml(name, value)]
    path.write_text("\n".join([*head, *kept]).rstrip("\n") + "\n", "utf-8")


def _toml(name: str, value: object) -> list[str]:
    if isinstance(value, str):
        return [f"{name} = {_quoted(value)}"]
    items = [f"  {_quoted(str(item))}," for item in value]  # type: ignore[attr-defined]
    return [f"{name} = [", *items, "]"] if items else [f"{name} = []"]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
