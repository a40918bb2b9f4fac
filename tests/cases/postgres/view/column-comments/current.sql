CREATE TABLE t (id integer);
CREATE VIEW v AS SELECT id, id AS twin FROM t;
COMMENT ON COLUMN v.twin IS 'old';
