CREATE TABLE t (id integer, a character varying(20), CONSTRAINT uq UNIQUE (a, id));
