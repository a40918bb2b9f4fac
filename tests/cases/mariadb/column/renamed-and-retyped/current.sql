create table t (id int primary key, a int, key ka (a), check (a > 0));
