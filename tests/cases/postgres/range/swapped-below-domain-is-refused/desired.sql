CREATE TYPE span AS RANGE (SUBTYPE = bigint);
CREATE DOMAIN d AS span;
CREATE TABLE t (id integer);
