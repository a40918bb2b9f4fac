CREATE TABLE t (id integer, b integer);
