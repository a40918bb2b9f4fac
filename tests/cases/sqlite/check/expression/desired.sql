CREATE TABLE t (a int, CONSTRAINT ck CHECK (a >= 0 AND a NOT IN (7, 8)));
