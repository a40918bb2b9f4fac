CREATE TABLE t (id integer, n integer);
CREATE MATERIALIZED VIEW m AS SELECT id, n FROM t;
CREATE UNIQUE INDEX m_id ON m (id) WITH (fillfactor = 80);
