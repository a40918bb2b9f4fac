CREATE TABLE t1x (id int);
