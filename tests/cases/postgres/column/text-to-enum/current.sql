CREATE TYPE status AS ENUM ('on', 'off');
CREATE TABLE t (id integer, s text DEFAULT 'on');
INSERT INTO t VALUES (1, 'off');
