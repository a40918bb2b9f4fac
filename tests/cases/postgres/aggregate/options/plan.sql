-- Modify "total" aggregate
CREATE OR REPLACE AGGREGATE "total" (integer) (SFUNC = int4pl, STYPE = integer, COMBINEFUNC = int4pl, INITCOND = '5', PARALLEL = SAFE);
