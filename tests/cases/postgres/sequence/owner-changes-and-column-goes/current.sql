CREATE TABLE t (id integer, old integer);
CREATE SEQUENCE s OWNED BY t.old;
