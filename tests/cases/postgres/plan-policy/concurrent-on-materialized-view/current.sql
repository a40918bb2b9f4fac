CREATE TABLE t (id integer, n integer);
CREATE MATERIALIZED VIEW m AS SELECT id, n FROM t;
CREATE INDEX m_n ON m (n);
