create table t (id int primary key, a int, key k (a), key l (a, id) ignored);
