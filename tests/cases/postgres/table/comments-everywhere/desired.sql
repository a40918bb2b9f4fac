CREATE TABLE t (id integer PRIMARY KEY, n integer CHECK (n > 0));
CREATE INDEX t_i ON t (n);
COMMENT ON TABLE t IS E'a\nb''c\\d';
COMMENT ON COLUMN t.id IS 'new';
COMMENT ON INDEX t_i IS 'i';
COMMENT ON CONSTRAINT t_pkey ON t IS 'p';
COMMENT ON CONSTRAINT t_n_check ON t IS 'c';
