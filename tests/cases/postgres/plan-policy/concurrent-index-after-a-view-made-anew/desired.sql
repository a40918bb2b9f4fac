CREATE TABLE t (id integer PRIMARY KEY, a bigint, b integer);
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT id, a FROM t;
