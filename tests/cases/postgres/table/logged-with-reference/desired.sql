CREATE TABLE t (id integer PRIMARY KEY);
CREATE TABLE u (id integer REFERENCES t, n integer, m integer);
