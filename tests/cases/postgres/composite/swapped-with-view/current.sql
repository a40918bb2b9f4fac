CREATE TYPE pos AS (x integer, y integer);
CREATE TABLE t (id integer, p pos);
CREATE VIEW v AS SELECT (p).x FROM t;
CREATE FUNCTION f(pos) RETURNS integer LANGUAGE sql AS 'SELECT ($1).x';
