"""HTML as a tree whose text is always escaped: there is no way to put a string in unescaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
time { white-space: nowrap; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
"""


class Markup(str):
    """Text that is HTML already; only ``element`` and ``document`` make it."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str) -> Markup:
    """``<tag attributes>children</tag>``; a child that is no ``Markup`` is escaped."""
    names = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return Markup(f"<{tag}{names}>{''.join(_safe(child) for child in children)}</{tag}>")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    """A table with a head row."""
    head = element("thead", element("tr", *(element("th", text) for text in heads)))
    body = element("tbody", *(element("tr", *(element("td", cell) for cell in row)) for row in rows))
    return element("table", head, body)


def moment(text: str) -> Markup:
    """A time in UTC, to the second; ``text`` is as the wire has it, in ISO 8601."""
    return element("time", f"{text[:19].replace('T', ' ')} UTC", datetime=text)


def way_home() -> Markup:
    """To the page of the project."""
    return element("p", element("a", "All repositories", href="/"))


def document(title: str, *children: str) -> Markup:
    """A whole page."""
    head = element(
        "head", Markup('<meta charset="utf-8">'), element("title", title), element("style", Markup(STYLE))
    )
    return Markup("<!doctype html>" + element("html", head, element("body", *children), lang="en"))


def _safe(child: str) -> str:
    return child if isinstance(child, Markup) else escape(child)
