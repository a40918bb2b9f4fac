CREATE TABLE t (a integer, r int4range);
CREATE INDEX i ON t USING gist (r);
COMMENT ON INDEX i IS 'x';
