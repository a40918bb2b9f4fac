CREATE TABLE t (id integer, f boolean DEFAULT false);
CREATE INDEX i ON t (f) WHERE f;
