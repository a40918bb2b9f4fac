CREATE TYPE pos AS (x integer, y integer);
CREATE TABLE t (id integer, p pos[]);
