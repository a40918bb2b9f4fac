"""Migration directories of other tools, read as directories of ours: same statements, same order, same versions.

A folder (``folder``) becomes drafts (a module a tool), whose lines stand where they stood, and drafts become files
(``read`` for commands, ``convert`` for ``migrate import``). What a tool would do and we cannot is refused by name, with
the file and the line; nothing is passed over. Writing a tool's files is in ``written``.
"""

from atlas.engine.formats.convert import Converted, converted
from atlas.engine.formats.folder import TOOLS, ToolFolder
from atlas.engine.formats.read import folder_of, names_in, read_entries, read_folder, sum_of
from atlas.engine.formats.written import ToolFile, tool_files

__all__ = [
    "TOOLS",
    "Converted",
    "ToolFile",
    "ToolFolder",
    "converted",
    "folder_of",
    "names_in",
    "read_entries",
    "read_folder",
    "sum_of",
    "tool_files",
]
