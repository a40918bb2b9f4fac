CREATE TYPE pos AS (x integer, y text);
CREATE TABLE t (p pos, id integer);
COMMENT ON TYPE pos IS 'a place';
