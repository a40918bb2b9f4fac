CREATE TYPE state AS ENUM ('on', 'off');
CREATE TABLE t (s state DEFAULT 'on', CONSTRAINT ck CHECK (s <> 'off'));
CREATE FUNCTION f(state) RETURNS integer LANGUAGE sql AS 'SELECT 1';
