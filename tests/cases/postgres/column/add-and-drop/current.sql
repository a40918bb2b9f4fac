CREATE TABLE t (id integer, gone text);
