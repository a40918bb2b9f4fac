CREATE TABLE t (id integer NOT NULL, a text);
ALTER TABLE t ALTER COLUMN id SET (n_distinct_inherited = 20);
