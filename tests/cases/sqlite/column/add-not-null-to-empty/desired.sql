CREATE TABLE t (a int, b int NOT NULL, CHECK (b > a));
