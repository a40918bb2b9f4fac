CREATE TABLE t (a int, gone int, CHECK (gone > 0));
