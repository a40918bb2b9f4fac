create table t (id int primary key, a int check (a > 0), b int);
