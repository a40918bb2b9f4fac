CREATE TABLE t (id integer, old integer);
CREATE SEQUENCE s INCREMENT 3 OWNED BY t.old;
