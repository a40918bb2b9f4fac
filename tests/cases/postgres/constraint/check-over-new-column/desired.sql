CREATE TABLE t (n integer, m integer DEFAULT 1, CONSTRAINT ck CHECK (n > 0 AND m > 0), CONSTRAINT new CHECK (m < 10));
