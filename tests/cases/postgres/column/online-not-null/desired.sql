CREATE TABLE t (id integer NOT NULL, a text NOT NULL);
CREATE INDEX i ON t (a);
