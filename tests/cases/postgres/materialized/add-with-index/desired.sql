CREATE TABLE t (id integer, n text);
CREATE MATERIALIZED VIEW m AS SELECT id, lower(n) AS n FROM t;
CREATE UNIQUE INDEX m_id ON m (id);
COMMENT ON COLUMN m.n IS 'small';
COMMENT ON INDEX m_id IS 'once';
