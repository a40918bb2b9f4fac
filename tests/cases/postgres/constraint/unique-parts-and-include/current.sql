CREATE TABLE t (id integer, a text, b text, CONSTRAINT uq UNIQUE (a));
