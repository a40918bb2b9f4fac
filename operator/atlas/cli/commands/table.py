"""The table of commands: words, summary and the module that serves them. Nothing is imported from it here."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """``words`` as typed after ``atlas``; ``module`` has ``define(parser)`` and ``run(arguments, context)``."""

    words: tuple[str, ...]
    summary: str
    module: str


def _of(group: str, module: str, rows: dict[str, str]) -> tuple[Command, ...]:
    prefix = tuple(group.split())
    return tuple(
        Command((*prefix, word), summary, f"atlas.cli.commands.{module}.{word.replace('-', '_')}")
        for word, summary in rows.items()
    )


GROUPS: dict[tuple[str, ...], str] = {
    ("migrate",): "Manage versioned migrations: directories, and the databases they are applied to.",
    ("schema",): "Work with declarative schemas: databases, and the states they should have.",
    ("schema", "stats"): "Measure what is in a database.",
    ("registry",): "Run the registry and manage its tokens.",
    ("registry", "token"): "Create, list and revoke tokens of a registry on this machine.",
    ("backup",): "Look at backups of the registry, prove them, and bring them together.",
    ("cloud",): "Look at what the registry holds.",
    ("cloud", "database"): "Look at the databases that deployments were reported of.",
    ("cloud", "migration"): "Look at the deployments that were reported.",
    ("cloud", "repo"): "Create, list and describe repositories.",
    ("operator",): "Run the Kubernetes operator.",
    ("completion",): "Print a script that completes command lines on TAB.",
}

COMMANDS: tuple[Command, ...] = (
    *_of(
        "backup",
        "backup",
        {
            "list": "List what lies in backups.",
            "restore": "Build the data of a registry from a backup.",
            "resync": "Make backups equal, and give the registry what only they took.",
            "verify": "Prove that everything in backups can be served.",
        },
    ),
    *_of(
        "migrate",
        "migrate",
        {
            "apply": "Apply pending files of a migration directory to a database.",
            "checkpoint": "Write a file that stands for all files of a migration directory.",
            "diff": "Write a migration file that leads to a desired state.",
            "down": "Take applied files back, by a plan made from what the database is now.",
            "edit": "Open a migration file in an editor, and rewrite atlas.sum.",
            "hash": "Rewrite atlas.sum from the files of a migration directory.",
            "lint": "Look for changes of new files that lose data, break programs or block tables.",
            "ls": "List the files of a migration directory.",
            "new": "Create an empty migration file.",
            "pull": "Copy a migration directory from the registry to this machine.",
            "push": "Store a migration directory in the registry.",
            "rebase": "Move migration files to the end of their directory.",
            "rm": "Take migration files out of their directory.",
            "set": "Set the version of a database without running anything.",
            "show": "Print a migration file.",
            "status": "Compare a database with a migration directory.",
            "test": "Run the test cases of a migration directory in a dev database.",
            "validate": "Check a migration directory against its atlas.sum.",
        },
    ),
    Command(
        ("migrate", "import"),
        "Rewrite a directory of another tool as files of atlas.",
        "atlas.cli.commands.migrate.import_directory",
    ),
    *_of(
        "schema",
        "schema",
        {
            "apply": "Bring a database to a desired state.",
            "clean": "Drop everything in a database.",
            "diff": "Print the SQL that leads from one state to another, and on stderr what data it deletes.",
            "fmt": "Format HCL files.",
            "inspect": "Print the schema of a database or of a desired state.",
            "lint": "Check a desired schema against the rules of a project.",
            "test": "Run the test cases of a schema in a dev database.",
        },
    ),
    Command(
        ("schema", "stats", "inspect"),
        "Print the sizes of tables.",
        "atlas.cli.commands.schema.stats.inspect",
    ),
    Command(
        ("registry", "backup"),
        "Copy a whole registry into a backup, while it serves.",
        "atlas.cli.commands.registry.backup",
    ),
    Command(
        ("registry", "import"),
        "Copy what another registry has into this one.",
        "atlas.cli.commands.registry.import_registry",
    ),
    Command(
        ("registry", "reindex"),
        "Rebuild the index of a registry from its content store.",
        "atlas.cli.commands.registry.reindex",
    ),
    Command(("registry", "serve"), "Serve the registry over HTTP.", "atlas.cli.commands.registry.serve"),
    Command(
        ("registry", "token", "create"),
        "Create a token; it is shown once.",
        "atlas.cli.commands.registry.token_create",
    ),
    Command(
        ("registry", "token", "admit"),
        "Let in a token that was made elsewhere.",
        "atlas.cli.commands.registry.token_admit",
    ),
    Command(
        ("registry", "token", "list"),
        "List tokens, without their secrets.",
        "atlas.cli.commands.registry.token_list",
    ),
    Command(("registry", "token", "revoke"), "Revoke a token.", "atlas.cli.commands.registry.token_revoke"),
    *_of(
        "cloud repo",
        "cloud.repo",
        {
            "create": "Create an empty repository.",
            "list": "List repositories with the state of their databases.",
            "describe": "Show one repository.",
        },
    ),
    *_of(
        "cloud database",
        "cloud.database",
        {
            "list": "List databases with their versions and how they stand.",
            "describe": "Show one database.",
        },
    ),
    *_of(
        "cloud migration",
        "cloud.migration",
        {
            "list": "List deployments, the newest first.",
            "describe": "Show one deployment with its databases.",
        },
    ),
    Command(
        ("schema", "plan"), "Plan a change of a schema for a review.", "atlas.cli.commands.schema.plan.make"
    ),
    *_of(
        "schema plan",
        "schema.plan",
        {
            "approve": "Say yes to a plan of the registry.",
            "lint": "Look for changes of a plan that lose data, break programs or block tables.",
            "list": "List the plans of a schema in the registry.",
            "new": "Write the file of a plan without statements.",
            "pull": "Print the file of a plan of the registry.",
            "push": "Store the file of a plan in the registry.",
            "test": "Run the test cases of plans in a dev database.",
            "validate": "Try out whether a plan leads from one state to another.",
        },
    ),
    Command(
        ("schema", "plan", "rm"), "Take a plan out of the registry.", "atlas.cli.commands.schema.plan.remove"
    ),
    Command(("schema", "push"), "Store a schema in the registry.", "atlas.cli.commands.schema.push"),
    Command(
        ("operator", "run"),
        "Reconcile AtlasMigration and AtlasSchema resources.",
        "atlas.cli.commands.operator.run",
    ),
    Command(
        ("operator", "make-secret"),
        "Make a Secret of random values, once.",
        "atlas.cli.commands.operator.make_secret",
    ),
    *_of(
        "completion",
        "completion",
        {shell: f"Print the script for {shell}." for shell in ("bash", "fish", "powershell", "zsh")},
    ),
    Command(("login",), "Store a token for a registry.", "atlas.cli.commands.login"),
    Command(("logout",), "Forget the stored token.", "atlas.cli.commands.logout"),
    Command(("whoami",), "Show who the token belongs to.", "atlas.cli.commands.whoami"),
    Command(("version",), "Print the version.", "atlas.cli.commands.version"),
)

BY_WORDS: dict[tuple[str, ...], Command] = {command.words: command for command in COMMANDS}
