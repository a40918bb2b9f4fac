CREATE TABLE t (id integer, a text, PRIMARY KEY (id) INCLUDE (a));
CREATE VIEW v AS SELECT id, a, count(*) AS n FROM t GROUP BY id;
COMMENT ON VIEW v IS 'counted';
