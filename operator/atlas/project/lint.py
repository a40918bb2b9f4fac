"""``lint`` blocks, of a file and of an environment, to one policy."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.lint.policy import AnalyzerSettings, LintPolicy, NameRule, Review
from atlas.errors import SpecError
from atlas.hcl.values import to_bool, to_number

if TYPE_CHECKING:
    from atlas.project.read import BlockReader

_ATTRIBUTES = frozenset({"format", "latest", "log", "review"})
_NAMED_KINDS = frozenset({"schema", "table", "column", "index", "foreign_key", "check"})
_EXEMPTIONS = frozenset({"allow_table", "allow_column"})
_SWITCHES = {
    "destructive": frozenset({"force"}),
    "concurrent_index": frozenset({"check_create", "check_drop", "check_txmode"}),
}
_BLOCKS = {"naming": _NAMED_KINDS, "destructive": _EXEMPTIONS}
ANALYZERS = frozenset(
    {
        "blocking_change",
        "concurrent_index",
        "condrop",
        "data_depend",
        "destructive",
        "incompatible",
        "inline_references",
        "naming",
        "nestedtx",
        "non_linear",
    }
)


def read_lint_policy(env: BlockReader | None, whole_file: BlockReader | None) -> LintPolicy:
    """The policy of an environment; what its block leaves out is taken from that of the file.

    How new files are found is taken as a whole: an environment that says ``latest`` has no ``git`` of the file.

    Raises:
        Unsupported: An attribute or block that would otherwise be passed over in silence.
        SpecError, ParseError: A value that is wrong.
    """
    said = _read(env) if env else LintPolicy()
    general = _read(whole_file) if whole_file else LintPolicy()
    finds_files = bool(said.latest or said.git_base or said.git_dir)
    source = said if finds_files else general
    return replace(
        said,
        analyzers={**general.analyzers, **said.analyzers},
        review=said.review or general.review,
        format=said.format or general.format,
        latest=source.latest,
        git_base=source.git_base,
        git_dir=source.git_dir,
    )


def _read(block: BlockReader) -> LintPolicy:
    block.refuse_attributes(_ATTRIBUTES)
    block.refuse_blocks(ANALYZERS | {"git"})
    git = block.block("git")
    if git:
        git.refuse_attributes(frozenset({"base", "dir"}))
    if block.text("format") and block.text("log"):
        raise SpecError(
            f"{block.place('log')}: lint: expected format or log, both mean the template of migrate lint"
        )
    found = {name: block.block(name) for name in sorted(ANALYZERS)}
    return LintPolicy(
        analyzers={name: _settings(name, each) for name, each in found.items() if each},
        review=_review(block),
        latest=block.converted("latest", _count, default=0),
        git_base=git.text("base") if git else "",
        git_dir=git.text("dir") if git else "",
        format=block.text("format") or block.text("log"),
    )


def _review(block: BlockReader) -> Review | None:
    word = block.keyword("review")
    if not word:
        return None
    try:
        return Review(word)
    except ValueError as error:
        raise SpecError(
            f'{block.place("review")}: lint: review "{word}" is unknown: expected ALWAYS, WARNING or ERROR'
        ) from error


def _count(value: object) -> int:
    number = to_number(value)
    if number < 0 or not float(number).is_integer():
        raise ValueError("a number of files is required")
    return int(number)


def _settings(name: str, block: BlockReader) -> AnalyzerSettings:
    switches, blocks = _SWITCHES.get(name, frozenset()), _BLOCKS.get(name, frozenset())
    has_rule = name == "naming"
    block.refuse_attributes(switches | {"error"} | ({"match", "message"} if has_rule else set()))
    block.refuse_blocks(blocks)
    rules = {"": _rule(name, block)} if has_rule else {}
    for kind in sorted(blocks):
        inner = block.block(kind)
        if inner:
            inner.refuse_attributes(frozenset({"match", "message"}))
            rules[kind] = _rule(f"{name}.{kind}", inner)
    return AnalyzerSettings(
        error=_switch(block, "error"),
        switches={key: on for key in switches if (on := _switch(block, key)) is not None},
        names={kind: rule for kind, rule in rules.items() if rule.match},
    )


def _switch(block: BlockReader, name: str) -> bool | None:
    return block.converted(name, to_bool, default=False) if block.value(name) is not None else None


def _rule(place: str, block: BlockReader) -> NameRule:
    match = block.text("match")
    try:
        re.compile(match)
    except re.error as error:
        raise SpecError(
            f'{block.place("match")}: lint: {place}.match "{match}" is no regular expression: {error}'
        ) from error
    return NameRule(match, block.text("message"))
