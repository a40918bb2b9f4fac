CREATE TABLE t1a (id int);
