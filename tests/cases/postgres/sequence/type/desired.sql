CREATE SEQUENCE s AS bigint;
CREATE TABLE t (id integer);
