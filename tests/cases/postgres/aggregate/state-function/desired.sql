CREATE AGGREGATE total(integer) (SFUNC = int4mul, STYPE = integer);
