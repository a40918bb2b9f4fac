CREATE TYPE pos AS (x integer);
CREATE TABLE t (p pos);
