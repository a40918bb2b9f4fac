CREATE TABLE t (id integer, n integer);
CREATE VIEW v AS SELECT id FROM t;
