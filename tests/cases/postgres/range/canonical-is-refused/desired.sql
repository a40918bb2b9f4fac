CREATE TABLE t (id integer);
CREATE TYPE r;
CREATE FUNCTION canon(r) RETURNS r LANGUAGE internal STRICT IMMUTABLE AS 'int4range_canonical';
CREATE TYPE r AS RANGE (SUBTYPE = integer, CANONICAL = canon);
