CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
CREATE UNIQUE INDEX i ON t (a);
