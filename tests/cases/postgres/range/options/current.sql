CREATE TYPE span AS RANGE (SUBTYPE = text);
CREATE TABLE t (id integer);
