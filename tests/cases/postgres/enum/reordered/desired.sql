CREATE TYPE status AS ENUM ('off', 'on');
CREATE TABLE t (s status, id integer);
COMMENT ON TYPE status IS 'off first';
