CREATE TABLE t (id integer, n integer DEFAULT 1);
CREATE INDEX i ON t (n);
