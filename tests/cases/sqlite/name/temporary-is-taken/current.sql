CREATE TABLE t (id integer PRIMARY KEY, a text);
CREATE TABLE new_t (x int);
CREATE INDEX new_i ON t (a);
