CREATE TABLE t (id integer);
CREATE TYPE pair AS (a integer, b integer);
CREATE FUNCTION pushed(s pair, x integer) RETURNS pair LANGUAGE sql AS 'SELECT ROW(x, s.a)::pair';
CREATE AGGREGATE last_two(integer) (SFUNC = pushed, STYPE = pair);
CREATE VIEW v AS SELECT last_two(id) AS x FROM t;
