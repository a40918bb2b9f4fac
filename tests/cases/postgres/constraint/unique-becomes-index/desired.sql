CREATE TABLE t (id integer, a text);
CREATE UNIQUE INDEX uq ON t (a);
