-- Modify "total" aggregate
CREATE OR REPLACE AGGREGATE "total" (integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
-- Set comment to aggregate: "total"
COMMENT ON AGGREGATE "total" (integer) IS 'from 0';
