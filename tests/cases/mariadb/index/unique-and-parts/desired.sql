create table t (id int primary key, a int, b int, unique key k (b, a));
