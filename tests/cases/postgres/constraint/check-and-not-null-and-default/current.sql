CREATE TABLE t (n integer, CONSTRAINT ck CHECK (n > 0));
