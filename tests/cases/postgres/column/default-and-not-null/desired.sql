CREATE TABLE t (id integer, n integer NOT NULL DEFAULT 5);
