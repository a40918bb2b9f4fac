CREATE TABLE t (id integer PRIMARY KEY, parent integer CONSTRAINT up REFERENCES t (id));
COMMENT ON COLUMN t.parent IS 'above';
