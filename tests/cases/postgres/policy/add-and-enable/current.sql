CREATE TABLE t (id integer, owner text);
