CREATE TABLE t (id integer, a character varying(10), CONSTRAINT ck CHECK (a <> ''));
