create table t (id int primary key, a int, constraint ck check (a > 0));
