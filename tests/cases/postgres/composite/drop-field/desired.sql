CREATE TYPE pos AS (x integer, z integer, u text);
CREATE TABLE t (id integer);
COMMENT ON TYPE pos IS 'a place';
