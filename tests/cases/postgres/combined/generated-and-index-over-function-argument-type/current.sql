CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE TABLE t (id integer, CONSTRAINT ck CHECK (f(id) > 0));
CREATE INDEX i ON t (f(id));
