CREATE TABLE t (id integer, a text, CONSTRAINT ck CHECK (a <> ''));
