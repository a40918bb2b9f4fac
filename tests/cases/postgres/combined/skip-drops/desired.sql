CREATE TABLE t (id integer, new text);
