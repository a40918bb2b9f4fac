CREATE TABLE t (id integer, a text);
CREATE TABLE old (id integer);
