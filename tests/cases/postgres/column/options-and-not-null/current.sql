CREATE TABLE t (id integer, a text);
ALTER TABLE t ALTER COLUMN id SET (n_distinct = -0.5, n_distinct_inherited = 10);
