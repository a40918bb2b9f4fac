CREATE TABLE t210 (id int);
