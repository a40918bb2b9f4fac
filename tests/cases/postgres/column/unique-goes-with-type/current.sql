CREATE TABLE t (id integer, a integer, CONSTRAINT uq UNIQUE (a));
