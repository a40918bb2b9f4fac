CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
CREATE INDEX j ON t (a);
