"""What a person may do next, where an error's own words are shared with other tools and name none."""

from __future__ import annotations

import re

_ADDRESS = "check --url of 'atlas login', ATLAS_CLOUD_URL, or url in atlas { cloud { } }"
_STEPS = (
    (r"connect: connection refused", "is a server running there? Check host and port of the URL"),
    (r"dial tcp.*: i/o timeout", "check host and port of the URL, and what stands between"),
    (r"no such host", "check the host of the URL"),
    (
        r"(?:password authentication failed for user|Access denied for user) .*",
        "check user and password of the URL",
    ),
    (
        r'database "[^"]*" does not exist(?: \(\w+\))?',
        "create it, or check the database in the path of the URL",
    ),
    (r'^postgres: schema "[^"]*" was not found', "create it, or check search_path of the URL"),
    (r"it does not exist", "check the path of the URL, or leave mode=ro out of it to have the file made"),
    (
        r"^sql/migrate: stat .*: no such file or directory",
        "check --dir, or make the folder with 'atlas migrate new NAME'",
    ),
    (r"^stat .*: no such file or directory", "check the path, which begins at the working directory"),
    (r'^unsupported driver "[^"]*"', "expected file://path or atlas://name"),
    (
        r'^unknown dir format "[^"]*"',
        "expected atlas, golang-migrate, goose, flyway, liquibase or dbmate",
    ),
    (
        r'^(?:baseline version|migration with version) "[^"]*" not found',
        "'atlas migrate ls' lists those that are there",
    ),
    (
        r"(?:database or disk is full|No space left on device|\(53100\)|Error 1021 .*|Error 1114 .* is full)( \([^()]*\))*",
        "make room where the database keeps its files, and start again",
    ),
    (
        r"sqlite: disk I/O error(?: \([^()]*\))*",
        "look at the disk of the database (space, quota, limits of this process), and start again",
    ),
    (r"^sql/migrate: executing statement .*", "correct the file, run 'atlas migrate hash', and start again"),
    (
        r'^unknown txmode .* found in file directive "[^"]*"',
        "expected file or none; then run 'atlas migrate hash'",
    ),
    (
        r'^sql/migrate: scanning statements from "[^"]*": \d+:\d+: unclosed .*',
        "close it, and run 'atlas migrate hash'",
    ),
    (r'^cannot set txmode directive .* when txmode "all" is set globally', "run with --tx-mode file"),
    (
        r"^migration file \S+ was added out of order\. See: \S+",
        "give it a later version, or allow it with --exec-order non-linear",
    ),
    (
        r"is no registry address: .*|address holds a user name or password: .*",
        _ADDRESS,
    ),
    (
        r"^the token for .* holds a character that no token has: .*",
        "check ATLAS_TOKEN, or token in atlas { cloud { } }",
    ),
    (
        r"^https?://\S* cannot be reached: .*",
        f"start it with 'atlas registry serve', or {_ADDRESS}",
    ),
    (
        r"^https?://\S* answers, but not as an Atlas registry \(\d+\)",
        _ADDRESS,
    ),
    (
        r'^repository "[^"]*" not found',
        "'atlas cloud repo list' lists those that are there; 'atlas migrate push' and 'atlas schema push' make one",
    ),
    (r'^repository "[^"]*" already exists', "--skip-if-exists takes it as it is"),
    (r"^repository not found", "'atlas cloud repo list' lists those that are there"),
    (r"^database not found", "'atlas cloud database list' lists those that are there"),
    (r"^migration not found", "'atlas cloud migration list' lists those that are there"),
    (r'^plan "[^"]*" of "[^"]*" not found', "'atlas schema plan list' lists those that are there"),
    (r"^cannot apply '.*' migration files", "expected 1 or more"),
    (r'^invalid port "[^"]*" after host', "expected a number"),
    (
        r"^sql/migrate: history changed: statement \d+ from file .* changed",
        "it has run, so put it back as it was, run 'atlas migrate hash', and start again",
    ),
    (
        r"server does not support SSL, but SSL was required",
        "turn it on there, or write sslmode=disable into the URL where the way to the server is trusted",
    ),
    (r"^accepts 1 arg\(s\), received 0", "expected the version, as 'atlas migrate set 20260102150405'"),
    (
        r"^template: .*: can't evaluate field \S+ in type \S+",
        "--format '{{ json . }}' prints the fields there are",
    ),
)

_OTHER_ADDRESS = "check --from"
_OTHER_LOGIN = "check --token, or ATLAS_IMPORT_TOKEN"
_STEPS_OF: dict[str, tuple[tuple[str, str], ...]] = {
    "registry import": (  # it names the other registry by flags of its own
        (r"run the import again to go on", ""),
        (r"is no registry address: .*|address holds a user name or password: .*", _OTHER_ADDRESS),
        (r"^https?://\S* answers, but not as an Atlas registry \(\d+\)", _OTHER_ADDRESS),
        (
            r"^https?://\S* cannot be reached: .*",
            f"is the other registry running? {_OTHER_ADDRESS.capitalize()}",
        ),
        (r"^the token for .* holds a character that no token has: .*", _OTHER_LOGIN),
        (r"^Unauthorized", f"the other registry does not know this token: {_OTHER_LOGIN}"),
    )
}
"""What a command says before all else; empty words end a message that names a next step itself."""

AFTER_UNAUTHORIZED = (
    "The registry does not know this token. Make one with 'atlas registry token create --data DIR', then run\n"
    "'atlas login --url URL --token TOKEN' (or set ATLAS_TOKEN, or token in atlas { cloud { } } of atlas.hcl)."
)
"""Said on stdout: programs compare the one word that stands on stderr."""
_LINK = re.compile(r"https://\S+$")


def next_step(text: str, command: str = "") -> str:
    """Words to put behind a message of ``command``, as ``registry import``; empty where it says enough."""
    for pattern, words in (*_STEPS_OF.get(command, ()), *_STEPS):
        if re.search(f"(?:{pattern})$", text, re.DOTALL):
            return words and (f" - {words}" if _LINK.search(text) else f": {words}")
    return ""
