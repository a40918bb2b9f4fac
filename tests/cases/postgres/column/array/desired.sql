CREATE TABLE t (id integer, tags integer[] DEFAULT '{}', more text[]);
