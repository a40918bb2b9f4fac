CREATE TABLE t (id integer, a text, CONSTRAINT uq UNIQUE (a));
