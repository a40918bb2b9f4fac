CREATE TYPE status AS ENUM ('on', 'off');
CREATE TABLE t (s status DEFAULT 'on', CONSTRAINT ck CHECK (s <> 'off'));
CREATE FUNCTION f(status) RETURNS integer LANGUAGE sql AS 'SELECT 1';
