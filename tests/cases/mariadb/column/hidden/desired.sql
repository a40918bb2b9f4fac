create table t (id int primary key, a int invisible default 1, b int);
