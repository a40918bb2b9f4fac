CREATE TABLE t (a bigint, b int);
