CREATE TABLE t (id integer, a integer, b integer, CONSTRAINT uq UNIQUE (a, b), CONSTRAINT ck CHECK (a > b - 5));
CREATE INDEX i ON t (a);
