CREATE TYPE hours AS RANGE (SUBTYPE = time);
CREATE TABLE t (id integer);
