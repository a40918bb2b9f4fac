CREATE TABLE t (id integer PRIMARY KEY, a text, b text);
CREATE UNIQUE INDEX t_a_b ON t (a, b);
