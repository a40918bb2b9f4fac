create table t (id int primary key, a int, constraint c2 check (a < 200), constraint c3 check (a <> 50));
