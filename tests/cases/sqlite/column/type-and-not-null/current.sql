CREATE TABLE t (a smallint NOT NULL, b int);
