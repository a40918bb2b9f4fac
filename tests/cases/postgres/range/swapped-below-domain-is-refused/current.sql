CREATE TYPE span AS RANGE (SUBTYPE = integer);
CREATE DOMAIN d AS span;
CREATE TABLE t (id integer);
