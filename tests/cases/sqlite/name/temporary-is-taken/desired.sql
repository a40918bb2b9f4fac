CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL);
CREATE TABLE new_t (x int);
CREATE INDEX new_new_t ON t (a);
