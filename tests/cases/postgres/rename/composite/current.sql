CREATE TYPE pos AS (x integer);
CREATE TABLE t (id integer);
CREATE FUNCTION f(pos) RETURNS pos LANGUAGE sql AS 'SELECT $1';
