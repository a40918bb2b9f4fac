CREATE TABLE t (id integer);
CREATE VIEW v AS SELECT id FROM t WHERE id > 0;
COMMENT ON VIEW v IS 'unchecked';
