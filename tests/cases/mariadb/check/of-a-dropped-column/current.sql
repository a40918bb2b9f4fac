create table t (id int primary key, a int, b int, constraint ck check (a > b), key k (b));
