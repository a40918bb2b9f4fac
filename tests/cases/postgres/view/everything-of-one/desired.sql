CREATE TABLE t (id integer, n integer);
CREATE VIEW v WITH (security_barrier = true) AS SELECT id, n FROM t WHERE id > 0 WITH LOCAL CHECK OPTION;
COMMENT ON VIEW v IS 'v';
COMMENT ON COLUMN v.n IS 'n';
