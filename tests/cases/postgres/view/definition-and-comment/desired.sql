CREATE TABLE t (id integer, n integer);
CREATE VIEW v AS SELECT id, n FROM t WHERE n > 0;
COMMENT ON VIEW v IS 'positive';
