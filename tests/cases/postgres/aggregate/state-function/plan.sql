-- Modify "total" aggregate
CREATE OR REPLACE AGGREGATE "total" (integer) (SFUNC = int4mul, STYPE = integer);
