CREATE TYPE span AS RANGE (SUBTYPE = bigint);
CREATE TABLE t (r span);
