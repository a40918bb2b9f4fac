create table t (id int primary key, a bigint check (a > -1), b int);
