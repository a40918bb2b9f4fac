create table t (id int primary key, a int, key k (a) ignored, key l (a, id));
