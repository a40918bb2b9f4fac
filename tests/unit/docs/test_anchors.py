"""A link to a part of a page finds its heading, as GitHub names it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
PAGES = [
    *ROOT.glob("*.md"),
    *(path for folder in ("docs", "examples", "bench", "charts") for path in (ROOT / folder).rglob("*.md")),
]


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    seen: Counter[str] = Counter()
    found = set()
    for heading in re.findall(r"^#{1,6} (.+)$", without_code(page.read_text()), re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return found


def links() -> Iterator[tuple[Path, str, str]]:
    for page in PAGES:
        for target, anchor in re.findall(r"\]\(([^)\s#:]*)#([^)\s]+)\)", without_code(page.read_text())):
            yield page, target, anchor


def test_every_link_to_a_part_of_a_page_finds_its_heading() -> None:
    found = list(links())
    assert found
    lost = [
        (page.name, target, anchor)
        for page, target, anchor in found
        if anchor not in anchors((page.parent / target) if target else page)
    ]
    assert lost == []


def test_two_headings_of_one_name_are_told_apart(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A `b`, *c*\n## 1. Same\n```\n# no heading\n```\n## 1. Same\n")
    assert anchors(page) == {"a-b-c", "1-same", "1-same-1"}
