CREATE TABLE t (id integer, f integer DEFAULT 0);
CREATE INDEX i ON t (f);
