create table t (id int primary key, a int, c int, key ka (a));
