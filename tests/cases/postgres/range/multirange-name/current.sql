CREATE TYPE span AS RANGE (SUBTYPE = time);
CREATE TABLE t (id integer);
