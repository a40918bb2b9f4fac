CREATE TYPE status AS ENUM ('on');
CREATE TABLE t (id integer, gone text, s status);
CREATE TABLE old (id integer);
