CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
CREATE TABLE u (c int);
CREATE INDEX i ON u (c);
