CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, code VARCHAR(10) NOT NULL UNIQUE);
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name varchar(255) COLLATE NOCASE DEFAULT 'it''s ${x}',
  price numeric(10, 2) DEFAULT -1.50,
  plain,
  odd foo DEFAULT (1 + 1),
  made datetime DEFAULT CURRENT_TIMESTAMP,
  raw blob DEFAULT x'00',
  flag bool DEFAULT true,
  "a b" unsigned big int,
  pid int REFERENCES parent (id) ON DELETE CASCADE,
  twice int GENERATED ALWAYS AS (price * 2) STORED,
  thrice int AS (price * 3),
  UNIQUE (name, price),
  CONSTRAINT one_odd UNIQUE (odd) ON CONFLICT REPLACE,
  CHECK (price > -9),
  CONSTRAINT named CHECK (name <> ''),
  CONSTRAINT to_parent FOREIGN KEY ("a b") REFERENCES parent (id) ON UPDATE SET NULL
);
CREATE INDEX users_lower ON users (lower(name), price DESC) WHERE price > 5;
CREATE UNIQUE INDEX users_made ON users (made COLLATE RTRIM);
CREATE TABLE pairs (b int, a text, PRIMARY KEY (b, a)) WITHOUT ROWID, STRICT;
CREATE VIEW cheap AS SELECT id, name FROM users WHERE price < 10;
CREATE VIEW a_first (x) AS SELECT name FROM cheap;
CREATE TRIGGER touched AFTER UPDATE OF name ON users WHEN new.price > 1
BEGIN
  DELETE FROM parent WHERE id = old.pid;

  SELECT 'a;b';
END;
CREATE TRIGGER instead INSTEAD OF INSERT ON cheap BEGIN SELECT 1; END;
