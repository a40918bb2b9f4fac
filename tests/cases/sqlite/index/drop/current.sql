CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
CREATE INDEX t_a ON t (a);
