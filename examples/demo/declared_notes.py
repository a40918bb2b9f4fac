"""The last step: a declared schema whose new version lacks a column, and an operator that does not take it away."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Protocol

from examples.demo.stage import Stage, claim, headline

SCHEMA = """\
CREATE TABLE notes (
  id integer NOT NULL,
  body text NOT NULL,
{columns}  PRIMARY KEY (id)
);
"""
AUTHOR = "  author text NOT NULL DEFAULT '',\n"
RESOURCE = """\
apiVersion: db.atlasgo.io/v1alpha1
kind: AtlasSchema
metadata:
  name: notes
spec:
  url: "sqlite://{database}"
  cloud:
    tokenFrom:
      secretKeyRef:
        name: atlas-credentials
        key: token
  schema:
    url: "atlas://notes?tag={tag}"
"""
ROWS = 3


class Way(Protocol):
    """How resources reach the operator."""

    def reconcile_schema(self, manifest: str) -> str:
        """Apply the manifest of the AtlasSchema ``notes``; returns its row and message."""


def refuse_to_drop_a_column(stage: Stage, way: Way) -> None:
    """Push a schema, apply it, write rows; then push it without a column."""
    headline(6, "Declare a schema, then leave a column out: the plan is refused, and the column is named.")
    push(stage, "v1", AUTHOR)
    shown = way.reconcile_schema(manifest(stage, "v1"))
    claim("AtlasSchema notes: READY True", "True" in shown and "Applied" in shown, shown)
    write_rows(stage)
    push(stage, "v2", "")
    shown = way.reconcile_schema(manifest(stage, "v2"))
    claim("REASON LintPolicyError", "LintPolicyError" in shown, shown)
    claim("table and column are named: column main.notes.author", "column main.notes.author" in shown, shown)
    claim(f"rows kept, authors too: {ROWS} of {ROWS}", authors(stage) == ROWS)


def push(stage: Stage, tag: str, columns: str) -> None:
    """Push the schema under a tag."""
    (stage.folder / "notes.sql").write_text(SCHEMA.format(columns=columns))
    words = (
        "schema",
        "push",
        f"notes:{tag}",
        "-u",
        "file://notes.sql",
        "--dev-url",
        "sqlite://dev?mode=memory",
    )
    stage.run("atlas", *words)


def manifest(stage: Stage, tag: str) -> str:
    """The resource that names the tag."""
    return RESOURCE.format(database=stage.folder / "notes.db", tag=tag)


def write_rows(stage: Stage) -> None:
    """Notes with authors, as a program would write them."""
    with closing(sqlite3.connect(stage.folder / "notes.db")) as connection, connection:
        rows = [(number, f"note {number}", "Ada") for number in range(ROWS)]
        connection.executemany("INSERT INTO notes (id, body, author) VALUES (?, ?, ?)", rows)


def authors(stage: Stage) -> int:
    """How many notes still have theirs."""
    with closing(sqlite3.connect(stage.folder / "notes.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM notes WHERE author = 'Ada'").fetchone()[0])
