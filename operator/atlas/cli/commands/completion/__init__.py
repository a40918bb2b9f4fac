"""``atlas completion SHELL``: the scripts that ask ``atlas __complete`` on TAB."""
