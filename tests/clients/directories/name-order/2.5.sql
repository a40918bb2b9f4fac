CREATE TABLE t25 (id int);
