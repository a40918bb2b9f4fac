CREATE TABLE t (id integer DEFAULT 1, a text DEFAULT 'x', b boolean DEFAULT true, gone integer);
CREATE INDEX i ON t (a);
