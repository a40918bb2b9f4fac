CREATE TYPE status AS ENUM ('on', 'off', 'gone');
CREATE TABLE t (id integer, s status DEFAULT 'on', many status[]);
CREATE INDEX i ON t (id) WHERE s = 'on';
CREATE VIEW v AS SELECT id FROM t WHERE s = 'on';
CREATE FUNCTION f(x status) RETURNS integer LANGUAGE sql AS 'SELECT 1';
