CREATE TABLE t (id integer, n integer);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 90) AS SELECT id FROM t;
