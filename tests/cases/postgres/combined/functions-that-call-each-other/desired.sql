SET check_function_bodies = off;
CREATE FUNCTION a(n integer) RETURNS integer LANGUAGE sql AS 'SELECT CASE WHEN n > 0 THEN b(n - 1) END';
CREATE FUNCTION b(n integer) RETURNS integer LANGUAGE sql AS 'SELECT CASE WHEN n > 0 THEN a(n - 1) END';
CREATE TABLE t (id integer, n integer DEFAULT 0);
