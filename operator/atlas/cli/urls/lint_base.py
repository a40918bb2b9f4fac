"""Which files of a directory are new: the last ones, those that git calls added, or those that a base lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.env_urls import expanded
from atlas.cli.urls.directories import DEFAULT_FORMAT, read_directory_at, tool_of
from atlas.cli.urls.local_directories import local_folder
from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import Directory
    from atlas.engine.lint import LintPolicy
    from atlas.engine.lint.directory import NewFiles
    from atlas.project import Project

_EXCLUSIVE = "--latest, --git-base, and --base are mutually exclusive"
_NOTHING_SAID = (
    "--latest or --git-base is required: say which files are new, or compare with another directory by --base"
)


_SHOWN = 5


def add_base_flags(parser: Parser) -> None:
    """``--latest``, ``--git-base``, ``--git-dir`` and ``--base``."""
    parser.flag("--latest", text="the last N files are new")
    parser.flag(
        "--git-base",
        text="files that HEAD adds to this branch are new; what it edits or removes is warned of",
    )
    parser.flag("--git-dir", text="the work tree for --git-base (default .)")
    parser.flag(
        "--base",
        text="files that BASE does not have are new: atlas://name?tag=… or file://path; files of it that are others here, or "
        "are not here, are warned of",
    )


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
    from atlas.engine.lint.directory import latest_files

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
        return _new_in_git(git_base, directory, policy, arguments, project)
    if not base:
        raise UsageError(_NOTHING_SAID)
    urls = expanded(base, project.env if project else None, arguments.env)
    if len(urls) > 1:
        raise UsageError(f"{base} is {len(urls)} URLs: expected that of one directory")
    return _new_beside(urls[0], directory, context, project)


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


def _new_in_git(
    base: str, directory: Directory, policy: LintPolicy, arguments: Namespace, project: Project | None
) -> NewFiles:
    from pathlib import Path

    from atlas.engine.lint.directory import added_files
    from atlas.sources.git import changed_files

    folder = Path(arguments.git_dir or policy.git_dir or ".")
    path, tool = _folder_in_git(arguments, project), tool_of(arguments)
    changed = changed_files(folder, base, path)
    if tool == DEFAULT_FORMAT:
        names = {file.name: file.name for file in directory.files}
    else:
        from atlas.engine.formats import names_in
        from atlas.sources.tool_folders import read_tool_folder

        paths = names_in(tool, read_tool_folder(path, tool))
        names = {name.rpartition("/")[2]: ours for name, ours in paths.items()}
    added = frozenset(ours for name, ours in names.items() if name in changed.added)
    edited = sorted(name for name in names if name in changed.edited)
    removed = sorted(name for name in changed.removed if name.endswith(".sql") and name not in names)
    return added_files(directory, added, _doubts(base, edited, removed))


def _folder_in_git(arguments: Namespace, project: Project | None) -> Path:
    try:
        return local_folder(arguments, project).absolute()
    except (Unsupported, UsageError):
        shown = (arguments.dir or "").partition("?")[0]
        raise UsageError(
            f"git knows no files of {shown}: say which are new by --latest, or compare with another directory by --base"
        ) from None


def _new_beside(base: str, directory: Directory, context: Context, project: Project | None) -> NewFiles:
    from atlas.engine.lint.directory import added_files
    from atlas.errors import NotFound

    try:
        theirs = read_directory_at(base, context, project)[0].files
    except NotFound as error:  # nothing was pushed yet
        names = [file.name for file in directory.files]
        return added_files(
            directory, names, (f"all files are taken for new, as {base} is not there: {error}",)
        )
    known = {file.name: file.content for file in theirs}
    here = {file.name: file.content for file in directory.files}
    edited = [name for name, content in known.items() if here.get(name, content) != content]
    removed = [name for name in known if name not in here]
    return added_files(directory, here.keys() - known.keys(), _doubts(base, edited, removed))


def _doubts(base: str, edited: Sequence[str], removed: Sequence[str]) -> tuple[str, ...]:
    """Files that are not looked at: whoever has applied those of the base has another history than this one."""
    found = []
    if edited:
        found.append(
            f"{_listed(edited)} of {base} {_has(edited)} other content here: only new files are looked at"
        )
    if removed:
        found.append(
            f"{_listed(removed)} of {base} {_is(removed)} not here: removed, or this directory is behind"
        )
    return tuple(found)


def _has(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"
