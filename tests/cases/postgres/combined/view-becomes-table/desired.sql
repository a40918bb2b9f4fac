CREATE TABLE t (id integer);
CREATE TABLE v (id integer, a text);
