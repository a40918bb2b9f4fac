"""The documents keep up with the code: reasons, fields, decisions and words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from atlas.errors import AtlasError, Retry
from atlas.handlers.turns.outcome import SOURCE_CHANGED
from atlas.reconcile import dev_pod, down, outcome, schema
from atlas.reconcile.schema import approval, policy

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
SPEC_PAGE = DOCS / "spec" / "v1alpha1" / "atlasmigration.md"
PAGES = {"atlasmigrations": SPEC_PAGE, "atlasschemas": SPEC_PAGE.with_name("atlasschema.md")}

WORDS_OF_EVENTS = {
    "BackoffLimitExceeded", "TransientErr", dev_pod.CREATED, dev_pod.SCALED_UP, SOURCE_CHANGED,
}  # fmt: skip
OF_SCHEMAS_ALONE = {policy.FIRST_RUN, policy.LINT, approval.LISTING, *schema.REASONS.values()}
"""Words of an AtlasSchema that no AtlasMigration says."""
OF_MIGRATIONS_ALONE = {
    down.STORING, "CheckFailed", "ChecksumMismatch", "ProtectedFlowError", "StatementInterrupted", *schema.REASONS,
}  # fmt: skip
"""Words that speak of files and revisions, or that have another spelling there."""
NEVER_IN_A_CONDITION = {"Usage", "Error", "Stopped"}
NEXT = {Retry.NEVER: "waits", Retry.AFTER: "tries for ever", Retry.BACKOFF: "tries again"}


def errors(root: type[AtlasError] = AtlasError) -> Iterator[type[AtlasError]]:
    yield root
    for child in root.__subclasses__():
        yield from errors(child)


def reasons() -> set[str]:
    """Every word that a condition, an Event or an error may carry."""
    of_outcomes = {
        value for name, value in vars(outcome).items() if name.isupper() and isinstance(value, str)
    }
    written_out = {
        word
        for folder in ("reconcile", "handlers")
        for module in (ROOT / "operator" / "atlas" / folder).rglob("*.py")
        for word in re.findall(
            r'\b(?:Failed\(|Event\(\w+,|return)\s*"([A-Z]\w+[a-z]\w*)"', module.read_text()
        )
    }
    of_kinds = {dev_pod.GETTING} | OF_SCHEMAS_ALONE | OF_MIGRATIONS_ALONE
    return {e.reason for e in errors()} | of_outcomes | written_out | of_kinds | WORDS_OF_EVENTS


def fields(plural: str) -> Iterator[str]:
    crd = yaml.safe_load((ROOT / "crds" / f"{plural}.yaml").read_text())
    properties = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]
    yield from leaves(properties["spec"])
    yield from properties["status"]["properties"]


def leaves(node: dict[str, Any], path: str = "") -> Iterator[str]:
    """Fields a person fills in; a reference to a key counts as one."""
    children = node.get("properties", {})
    if path.endswith("KeyRef") or not children:
        if node.get("type") == "array" and "properties" in node["items"]:
            yield from leaves(node["items"], path + "[]")
        else:
            yield path
        return
    for name, child in children.items():
        yield from leaves(child, f"{path}.{name}".lstrip("."))


def said(error: type[AtlasError], plural: str) -> str:
    """The reason as a resource of this kind gives it, '' when it has none such."""
    if plural == "atlasmigrations":
        return error.reason
    reason = schema.REASONS.get(error.reason, error.reason)
    return "" if reason in OF_MIGRATIONS_ALONE else reason


FIELDS = sorted({(plural, field) for plural in PAGES for field in fields(plural)})
SAID = [
    (plural, said(error, plural), NEXT[error.retry])
    for plural in PAGES
    for error in errors()
    if error.reason not in NEVER_IN_A_CONDITION and said(error, plural)
]


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_a_reason_has_a_runbook_page_with_what_to_look_at_and_to_do(reason: str) -> None:
    page = (DOCS / "runbook" / f"{reason}.md").read_text()
    assert page.startswith(f"# {reason}\n")
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## What to look at",
        "## What to do",
    ]


def test_no_runbook_page_is_about_a_reason_that_nothing_sets() -> None:
    pages = {path.stem for path in (DOCS / "runbook").glob("*.md")}
    assert pages == reasons() | {"README"}


def test_the_first_page_of_the_runbook_has_every_reason_once_in_a_group() -> None:
    head, *groups = (DOCS / "runbook" / "README.md").read_text().split("\n## ")
    row = re.compile(r"^\| \[(\w+)\]\((\w+)\.md\) \| \S", re.MULTILINE)
    rows = [found for group in groups for found in row.findall(group)]
    assert not row.findall(head)
    assert all(row.findall(group) for group in groups)
    assert sorted(name for name, _ in rows) == sorted(reasons())
    assert [name for name, page in rows if name != page] == []


@pytest.mark.parametrize(("plural", "reason", "after"), SAID)
def test_the_spec_page_says_what_the_operator_does_next(plural: str, reason: str, after: str) -> None:
    table = PAGES[plural].read_text().partition("## Events")[0]
    [row] = [line for line in table.splitlines() if line.startswith(f"| [{reason}](")]
    assert row.split("|")[3].strip().startswith(after)


@pytest.mark.parametrize(
    ("plural", "others"), [("atlasmigrations", OF_SCHEMAS_ALONE), ("atlasschemas", OF_MIGRATIONS_ALONE)]
)
def test_every_word_of_a_condition_is_in_the_table_of_the_spec_page(plural: str, others: set[str]) -> None:
    table = PAGES[plural].read_text().partition("## Events")[0]
    listed = re.findall(r"^\| \[(\w+)\]\(", table, re.MULTILINE)
    assert sorted(listed) == sorted(reasons() - NEVER_IN_A_CONDITION - WORDS_OF_EVENTS - others)


@pytest.mark.parametrize("plural", PAGES)
def test_a_field_that_is_not_served_yet_says_so_on_the_spec_page(plural: str) -> None:
    crd = (ROOT / "crds" / f"{plural}.yaml").read_text()
    rows = [line for line in PAGES[plural].read_text().splitlines() if "*Not served yet.*" in line]
    assert crd.count("Not served yet.") <= len(rows)


@pytest.mark.parametrize(("plural", "field"), FIELDS, ids=[f"{plural}-{field}" for plural, field in FIELDS])
def test_a_field_is_on_the_spec_page(plural: str, field: str) -> None:
    assert f"`{field}`" in PAGES[plural].read_text()


def test_every_link_between_documents_leads_somewhere() -> None:
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "examples").rglob("*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    ]
    assert links
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []


def test_decisions_are_numbered_without_a_gap_and_fit_on_a_page() -> None:
    decisions = sorted((DOCS / "adr").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text()
        headings = [line for line in text.splitlines() if line.startswith("## ")]
        assert headings == ["## Context", "## Decision", "## Consequences"]
        assert len(text.splitlines()) <= 60


@pytest.mark.parametrize(
    "word", ["Directory", "Revision", "Version", "Tag", "Repository", "Target", "Outcome"]
)
def test_a_word_of_the_glossary_is_a_word_of_the_definitions_or_the_code(word: str) -> None:
    assert f"**{word}**" in (DOCS / "glossary.md").read_text()
    places = [*(ROOT / "crds").glob("*.yaml"), *(ROOT / "operator").rglob("*.py"), SPEC_PAGE]
    assert any(re.search(rf"\b{word}\b", path.read_text(), re.IGNORECASE) for path in places)


@pytest.mark.parametrize("word", ["utils", "helpers", "misc"])
def test_a_word_we_do_not_use_names_no_module(word: str) -> None:
    assert not list((ROOT / "operator").rglob(f"{word}*"))


def test_the_architecture_can_be_read_in_one_sitting() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 150


def test_every_document_can_be_found_from_the_index() -> None:
    index = (DOCS / "index.md").read_text()
    pages = [path for path in DOCS.rglob("*.md") if path.parent.name != "runbook" and path.name != "index.md"]
    assert [path.name for path in pages if f"]({path.relative_to(DOCS)})" not in index] == []
