CREATE TYPE place AS (x integer);
CREATE TABLE t (id integer);
CREATE FUNCTION f(place) RETURNS place LANGUAGE sql AS 'SELECT $1';
