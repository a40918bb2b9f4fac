CREATE TABLE t (id integer DEFAULT 1, n integer);
