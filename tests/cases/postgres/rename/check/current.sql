CREATE TABLE t (a integer, CONSTRAINT ck CHECK (a > 0));
