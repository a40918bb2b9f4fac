CREATE TABLE z (id integer);
CREATE TABLE t (id integer);
CREATE FUNCTION next_id() RETURNS integer LANGUAGE sql AS 'SELECT max(id) + 1 FROM t';
ALTER TABLE t ALTER COLUMN id SET DEFAULT next_id();
COMMENT ON FUNCTION next_id() IS 'one more';
