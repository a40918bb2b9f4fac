CREATE TABLE t (id integer, doc json);
