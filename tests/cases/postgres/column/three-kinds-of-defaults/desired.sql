CREATE TABLE t (id integer, a text DEFAULT 'y', b boolean DEFAULT false);
CREATE INDEX i ON t (a);
COMMENT ON INDEX i IS 'stays';
