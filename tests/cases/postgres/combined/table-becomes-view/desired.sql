CREATE TABLE t (id integer, a text);
CREATE VIEW old AS SELECT id FROM t;
COMMENT ON VIEW old IS 'was a table';
