CREATE TYPE pos AS (x integer, y text COLLATE "C");
COMMENT ON COLUMN pos.x IS 'to the right';
CREATE TABLE t (id integer);
