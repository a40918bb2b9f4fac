"""``atlas migrate lint`` for a reader, line by line as the Go tools print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.duration import duration_text, plural
from atlas.engine.scan import line_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint import FileReport, Finding
    from atlas.engine.lint.directory import DirectoryReport

ANALYZERS_PAGE = "https://atlasgo.io/lint/analyzers"
_RULE = "  -------------------------"
_WIDTH = 84


def lint_text(report: DirectoryReport) -> str:
    """The whole text with its newlines; '' when there is nothing to say."""
    lines = list(_lines(report))
    return "\n".join((*lines, "")) if lines else ""


def _lines(report: DirectoryReport) -> Iterator[str]:
    if not report.files:
        if report.error:
            yield f"Error: {report.error}"
        return
    versions = [_version(file) for file in report.files]
    where = (
        f"from version {report.base} to {versions[-1]}" if report.base else f"until version {versions[-1]}"
    )
    yield f"Analyzing changes {where} ({plural(len(report.files), 'migration')} in total):"
    yield ""
    for file, seconds in zip(report.files, report.file_seconds, strict=True):
        yield from _file(file, seconds)
        yield ""
    yield _RULE
    yield f"  -- {duration_text(report.seconds)}"
    yield from _summary(report)


def _file(file: FileReport, seconds: float) -> Iterator[str]:
    if file.error:
        yield f"  Error: {file.error}"
        return
    yield f"  -- analyzing version {_version(file)}"
    yield from finding_lines(file, indent="    ")
    yield f"  -- ok ({duration_text(seconds)})"


def finding_lines(file: FileReport, *, indent: str) -> Iterator[str]:
    """What was found in one file, and what can be done about it; or that nothing was."""
    for report in file.reports:
        yield f"{indent}-- {report.text}:"
        for finding in report.findings:
            yield from _finding(file, finding, indent)
    fixes = [fix.message for finding in file.findings for fix in finding.fixes]
    if fixes:
        yield f"{indent}-- suggested fix{'es' if len(fixes) > 1 else ''}:"
        for message in dict.fromkeys(fixes):
            yield from _wrapped(message, f"{indent}  -> ")
    if not file.reports:
        yield f"{indent}-- no diagnostics found"


def _finding(file: FileReport, finding: Finding, indent: str) -> Iterator[str]:
    line = line_at(file.text, finding.position) if finding.position else 1  # 0: the file as a whole
    prefix = f"{indent}  -- L{line}: "
    yield from _wrapped(f"{finding.text} {ANALYZERS_PAGE}#{finding.code}", prefix)


def _wrapped(text: str, prefix: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and len(longer) > _WIDTH:
            yield prefix + line
            prefix, line = " " * 9, word
        else:
            line = longer
    yield prefix + line


def _summary(report: DirectoryReport) -> Iterator[str]:
    failed = sum(1 for file in report.files if file.is_error)
    warned = sum(1 for file in report.files if file.reports and not file.is_error)
    ok = len(report.files) - failed - warned
    counts = [(ok, "ok"), (warned, "with warnings"), (failed, "with errors")]
    shown = [(count, words) for count, words in counts if count]
    first, *others = shown
    rest = "".join(f", {count} {words}" for count, words in others)
    yield f"  -- {plural(first[0], 'version')} {first[1]}{rest}"
    changes = sum(file.changes for file in report.files)
    if changes:
        yield f"  -- {plural(changes, 'schema change')}"
    findings = sum(len(file.findings) for file in report.files)
    if findings:
        yield f"  -- {plural(findings, 'diagnostic')}"


def _version(file: FileReport) -> str:
    return file.name.removesuffix(".sql").partition("_")[0]
