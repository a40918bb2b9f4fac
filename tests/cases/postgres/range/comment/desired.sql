CREATE TYPE span AS RANGE (SUBTYPE = time);
CREATE TABLE t (id integer);
COMMENT ON TYPE span IS 'of a day';
