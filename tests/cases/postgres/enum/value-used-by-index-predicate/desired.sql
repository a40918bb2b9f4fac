CREATE TYPE status AS ENUM ('on', 'off', 'new');
CREATE TABLE t (id integer, s status);
CREATE INDEX i ON t (id) WHERE s = 'new';
