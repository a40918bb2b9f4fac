CREATE TYPE span AS RANGE (SUBTYPE = integer);
CREATE TABLE t (r span);
