CREATE TABLE t (id integer, at timestamp(6) with time zone NOT NULL DEFAULT CURRENT_TIMESTAMP);
COMMENT ON COLUMN t.at IS 'exact';
