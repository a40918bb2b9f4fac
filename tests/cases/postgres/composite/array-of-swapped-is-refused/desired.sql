CREATE TYPE pos AS (x bigint, y integer);
CREATE TABLE t (id integer, p pos[]);
