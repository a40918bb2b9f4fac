CREATE TABLE t (id integer PRIMARY KEY, n integer CHECK (n > 0));
CREATE INDEX t_i ON t (n);
COMMENT ON TABLE t IS 'old';
COMMENT ON COLUMN t.n IS 'old';
