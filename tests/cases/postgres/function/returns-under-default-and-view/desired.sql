CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE TABLE t (id integer, n bigint DEFAULT f());
CREATE VIEW v AS SELECT f() AS x;
