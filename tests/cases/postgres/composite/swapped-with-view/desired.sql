CREATE TYPE pos AS (x bigint, y integer);
CREATE TABLE t (id integer NOT NULL, p pos);
CREATE VIEW v AS SELECT (p).x FROM t;
CREATE FUNCTION f(pos) RETURNS integer LANGUAGE sql AS 'SELECT 1';
