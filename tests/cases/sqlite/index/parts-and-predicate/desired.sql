CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
CREATE INDEX i ON t (b) WHERE a IS NULL;
