"""``schema apply`` that is killed anywhere: no lock, no row and no object is lost, and the next run gets there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.schema_safety.stage import Stage

CURRENT = {
    "sqlite": """
CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT, email text, age int);
CREATE TABLE posts (id integer PRIMARY KEY, author int REFERENCES users (id) ON DELETE CASCADE, body text);
CREATE INDEX by_author ON posts (author);
CREATE VIEW authors AS SELECT author FROM posts;
CREATE TRIGGER touched AFTER INSERT ON posts BEGIN SELECT 1; END;
INSERT INTO users VALUES (1, 'a', 7), (2, 'b', 8), (9, 'z', 9);
DELETE FROM users WHERE id = 9;
INSERT INTO posts VALUES (1, 1, 'x'), (2, 2, 'y');
""",
    "postgres": """
CREATE TYPE mood AS ENUM ('sad', 'ok', 'gone');
CREATE TABLE users (id serial PRIMARY KEY, email varchar(50), age int, m mood DEFAULT 'ok');
CREATE TABLE posts (id serial PRIMARY KEY, author int REFERENCES users (id) ON DELETE CASCADE, body text);
CREATE INDEX by_author ON posts (author);
CREATE VIEW authors AS SELECT u.email, p.author FROM posts p JOIN users u ON u.id = p.author;
INSERT INTO users (email, age) VALUES ('a', 7), ('b', 8);
INSERT INTO posts (author, body) VALUES (1, 'x'), (2, 'y');
""",
    "mariadb": """
CREATE TABLE users (id int AUTO_INCREMENT PRIMARY KEY, email varchar(50), age int, m enum ('sad', 'ok'));
CREATE TABLE posts (id int AUTO_INCREMENT PRIMARY KEY, author int, body text, KEY by_author (author),
  CONSTRAINT fk FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE);
CREATE VIEW authors AS SELECT author FROM posts;
INSERT INTO users (email, age, m) VALUES ('a', 7, 'ok'), ('b', 8, 'sad');
INSERT INTO posts (author, body) VALUES (1, 'x'), (2, 'y');
""",
}
DESIRED = {
    "sqlite": """
CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT, email text NOT NULL UNIQUE, age int);
CREATE TABLE posts (id integer PRIMARY KEY, author int NOT NULL REFERENCES users (id), body text);
CREATE TABLE likes (post int REFERENCES posts (id));
CREATE INDEX by_author_and_body ON posts (author, body);
CREATE VIEW authors AS SELECT author, body FROM posts;
CREATE TRIGGER touched AFTER INSERT ON posts BEGIN SELECT 1; END;
""",
    "postgres": """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, age bigint CHECK (age > 0) UNIQUE, m mood DEFAULT 'sad');
CREATE TABLE posts (id serial PRIMARY KEY, author int NOT NULL REFERENCES users (id), body text);
CREATE TABLE likes (post int REFERENCES posts (id));
CREATE INDEX by_author ON posts (author, body);
CREATE INDEX by_email ON users (email);
CREATE VIEW authors AS SELECT u.email, p.author FROM posts p JOIN users u ON u.id = p.author;
""",
    "mariadb": """
CREATE TABLE users (id bigint AUTO_INCREMENT PRIMARY KEY, email varchar(50) NOT NULL, age int CHECK (age > 0),
  m enum ('sad', 'ok', 'fine'), KEY by_email (email));
CREATE TABLE posts (id int AUTO_INCREMENT PRIMARY KEY, author bigint NOT NULL, body text, KEY by_author (author),
  CONSTRAINT fk FOREIGN KEY (author) REFERENCES users (id));
CREATE TABLE likes (post int, CONSTRAINT liked FOREIGN KEY (post) REFERENCES posts (id));
CREATE VIEW authors AS SELECT author, id FROM posts;
""",
}
ROWS = "SELECT u.id, u.email, p.id, p.author, p.body FROM users u LEFT JOIN posts p ON p.author = u.id ORDER BY u.id"
KEPT = [["1", "a", "1", "1", "x"], ["2", "b", "2", "2", "y"]]
RUNS = [(kind, mode, "plain") for kind in CURRENT for mode in ("file", "none")] + [
    ("postgres", "file", "careful")
]


def dialect(stage: Stage) -> str:
    scheme = stage.url.partition(":")[0]
    return "mariadb" if scheme == "maria" else scheme


def deaths(stage: Stage, tx_mode: str, policy: str, point: str, state: Path) -> list[str]:
    """What was there after each death, and how the run that nobody killed ended."""
    is_one_transaction = (tx_mode, policy) == ("file", "plain") and dialect(stage) != "mariadb"
    step = "5" if is_one_transaction else "1"
    words = [stage.url, stage.dev, tx_mode, policy, point, step, str(state), ROWS]
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.schema_safety.dying", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize("point", ["in", "after"])
@pytest.mark.parametrize(("stage", "tx_mode", "policy"), RUNS, indirect=["stage"])
def test_every_death_is_survived(stage: Stage, tx_mode: str, policy: str, point: str, tmp_path: Path) -> None:
    """One database whose run dies at the first statement, whose next run dies at the second, and so on."""
    kind = dialect(stage)
    stage.run(CURRENT[kind])
    state = tmp_path / "desired.sql"
    state.write_text(DESIRED[kind])
    *seen, end = deaths(stage, tx_mode, policy, point, state)
    assert [json.loads(each) for each in seen] == [KEPT] * len(seen)
    assert end == "complete"
    assert seen or point == "in"  # where the server is done before the killer comes, nobody dies
    assert stage.plan(DESIRED[kind]).statements == ()
    assert [[str(value) for value in row] for row in stage.rows(ROWS)] == KEPT
    stage.run("INSERT INTO users (email) VALUES ('next');")
    ((last,),) = stage.rows("SELECT max(id) FROM users")
    assert str(last) == ("10" if kind == "sqlite" else "3")
