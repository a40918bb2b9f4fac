create table t (id int primary key, a int, b int, key k (a, b desc));
