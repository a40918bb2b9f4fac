CREATE TABLE t (a integer, CONSTRAINT unique_a UNIQUE (a));
