CREATE SEQUENCE s AS integer;
CREATE TABLE t (id integer);
