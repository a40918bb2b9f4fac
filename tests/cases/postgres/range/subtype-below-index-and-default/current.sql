CREATE TYPE span AS RANGE (SUBTYPE = integer);
CREATE TABLE t (r span DEFAULT '[1,2)', n integer);
CREATE INDEX i ON t USING gist (r);
