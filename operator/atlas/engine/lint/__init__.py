"""Lint: what statements do to data, programs and locks, found in the differences that they make.

Nothing here runs anything. ``file`` holds what was seen of a migration file or a plan, ``checks`` the analyzers that
all databases share, the drivers' ``lint`` modules those of their own, ``policy`` what counts as an error, and
``run`` puts them together.
"""

from __future__ import annotations

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.file import FileView, LintFile, LintStatement
from atlas.engine.lint.findings import FileReport, Finding, Report, SuggestedFix
from atlas.engine.lint.policy import AnalyzerSettings, LintPolicy, NameRule, Review
from atlas.engine.lint.run import analyze, lint_changes, lint_plan, refuse

__all__ = [
    "Analyzer",
    "AnalyzerSettings",
    "FileReport",
    "FileView",
    "Finding",
    "LintFile",
    "LintPolicy",
    "LintStatement",
    "NameRule",
    "Report",
    "Review",
    "SuggestedFix",
    "analyze",
    "lint_changes",
    "lint_plan",
    "refuse",
]
