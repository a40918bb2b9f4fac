CREATE TYPE pos AS (y text, x bigint);
CREATE TABLE t (p pos);
