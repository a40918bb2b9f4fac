CREATE TYPE status AS ENUM ('on', 'off');
CREATE TABLE t (id integer, s status);
