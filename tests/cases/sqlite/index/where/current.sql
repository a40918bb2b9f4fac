CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
CREATE INDEX i ON t (a) WHERE b > 0;
