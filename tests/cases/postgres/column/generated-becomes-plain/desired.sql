CREATE TABLE t (a integer, g integer);
COMMENT ON COLUMN t.g IS 'no longer computed';
