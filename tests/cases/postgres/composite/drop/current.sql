CREATE TYPE pos AS (x integer, y text);
CREATE TABLE t (id integer);
