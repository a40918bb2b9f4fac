CREATE TABLE t (id integer);
CREATE FUNCTION plus(s integer, x integer) RETURNS integer LANGUAGE sql AS 'SELECT s + x';
CREATE AGGREGATE total(integer) (SFUNC = plus, STYPE = integer, INITCOND = '0');
CREATE VIEW v AS SELECT total(id) AS x FROM t;
