CREATE TYPE status AS ENUM ('on', 'it''s off');
CREATE TABLE t (id integer);
COMMENT ON TYPE status IS 'of a thing';
