CREATE TYPE pos AS (x integer, y text, z integer);
CREATE TABLE t (id integer);
