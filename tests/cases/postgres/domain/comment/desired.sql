CREATE DOMAIN d AS integer;
CREATE TABLE t (a d);
COMMENT ON DOMAIN d IS 'a number';
