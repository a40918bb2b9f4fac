CREATE TABLE t (a bigint, g text GENERATED ALWAYS AS (a::text) STORED);
CREATE INDEX i ON t (g);
COMMENT ON INDEX i IS 'over computed';
