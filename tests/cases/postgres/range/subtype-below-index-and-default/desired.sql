CREATE TYPE span AS RANGE (SUBTYPE = bigint);
CREATE TABLE t (r span DEFAULT '[1,2)', n integer);
CREATE INDEX i ON t USING gist (r);
COMMENT ON TYPE span IS 'wide';
