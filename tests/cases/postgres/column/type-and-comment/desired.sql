CREATE TABLE t (id integer, n bigint);
COMMENT ON COLUMN t.n IS 'large';
