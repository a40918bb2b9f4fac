CREATE TABLE t (a integer, CONSTRAINT uq UNIQUE (a));
