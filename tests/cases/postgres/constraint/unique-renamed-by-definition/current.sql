CREATE TABLE t (id integer, a text, CONSTRAINT uq UNIQUE (a), CONSTRAINT ck CHECK (id > 0));
CREATE INDEX i ON t (a);
