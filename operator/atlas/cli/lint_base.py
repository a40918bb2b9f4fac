"""Which files of a directory are new: the last ones, those that git calls added, or those that a base lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.directories import DEFAULT_FORMAT, local_folder, read_directory_at, tool_of
from atlas.cli.env_urls import expanded
from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser
    from atlas.engine.directory import Directory
    from atlas.engine.lint import LintPolicy
    from atlas.engine.lint.directory import NewFiles
    from atlas.project import Project

_EXCLUSIVE = "--latest, --git-base, and --base are mutually exclusive"
_NOTHING_SAID = (
    "--latest or --git-base is required: say which files are new, or compare with another directory by --base"
)


def add_base_flags(parser: Parser) -> None:
    """``--latest``, ``--git-base``, ``--git-dir`` and ``--base``."""
    parser.flag("--latest", text="the last N files are new")
    parser.flag("--git-base", text="files that HEAD adds to this branch are new")
    parser.flag("--git-dir", text="the work tree for --git-base (default .)")
    parser.flag("--base", text="files that this directory lacks are new: atlas://name?tag=… or file://path")


def new_files(
    directory: Directory,
    policy: LintPolicy,
    arguments: Namespace,
    context: Context,
    project: Project | None,
) -> NewFiles:
    """The new files, by the flags; without one by the policy; without that, those that the registry lacks.

    Raises:
        UsageError: Nothing says which files are new, or two things do.
    """
    from atlas.engine.lint.directory import added_files, latest_files

    typed = [bool(arguments.latest), bool(arguments.git_base), bool(arguments.base)]
    if sum(typed) > 1:
        raise UsageError(_EXCLUSIVE)
    latest = _number(arguments.latest)
    git_base, base = arguments.git_base, arguments.base
    if not any(typed):
        latest, git_base = policy.latest, policy.git_base
        if latest and git_base:
            raise UsageError("--latest and --git-base are mutually exclusive")
        if not latest and not git_base:
            base = _repository(project)
    if latest:
        return latest_files(directory, latest)
    if git_base:
        return added_files(directory, _added_by_git(git_base, policy, arguments, project))
    if not base:
        raise UsageError(_NOTHING_SAID)
    urls = expanded(base, project.env if project else None, arguments.env)
    if len(urls) > 1:
        raise UsageError(f"{base} is {len(urls)} URLs: expected that of one directory")
    return added_files(directory, _lacking(urls[0], directory, context, project))


def _number(text: str) -> int:
    try:
        number = int(text or 0)
    except ValueError:
        number = -1
    if number < 0:
        raise UsageError(f'invalid argument "{text}" for "--latest" flag: expected a number of files')
    return number


def _repository(project: Project | None) -> str:
    name = project.env.migration.repo_name if project and project.env else ""
    return f"atlas://{name}" if name else ""


def _added_by_git(
    base: str, policy: LintPolicy, arguments: Namespace, project: Project | None
) -> frozenset[str]:
    from pathlib import Path

    from atlas.sources.git import added_files

    folder = Path(arguments.git_dir or policy.git_dir or ".")
    path, tool = _folder_in_git(arguments, project), tool_of(arguments)
    added = added_files(folder, base, path)
    if tool == DEFAULT_FORMAT:
        return added
    from atlas.engine.formats import names_in
    from atlas.sources.tool_folders import read_tool_folder

    names = names_in(tool, read_tool_folder(path, tool))
    return frozenset(ours for name, ours in names.items() if name.rpartition("/")[2] in added)


def _folder_in_git(arguments: Namespace, project: Project | None) -> Path:
    try:
        return local_folder(arguments, project).absolute()
    except (Unsupported, UsageError):
        shown = (arguments.dir or "").partition("?")[0]
        raise UsageError(
            f"git knows no files of {shown}: say which are new by --latest, or compare with another directory by --base"
        ) from None


def _lacking(base: str, directory: Directory, context: Context, project: Project | None) -> frozenset[str]:
    from atlas.errors import NotFound

    try:
        known = {file.name for file in read_directory_at(base, context, project)[0].files}
    except NotFound:  # nothing was pushed yet: everything is new
        known = set()
    return frozenset(file.name for file in directory.files if file.name not in known)
