CREATE TABLE t (id integer, n integer);
COMMENT ON COLUMN t.n IS 'small';
