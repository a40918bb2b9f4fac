CREATE TYPE status AS ENUM ('on', 'off');
CREATE TABLE t (s status);
COMMENT ON TYPE status IS 'of a thing';
