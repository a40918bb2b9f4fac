CREATE TABLE t (id integer, n timestamp with time zone DEFAULT now());
COMMENT ON COLUMN t.n IS 'when';
