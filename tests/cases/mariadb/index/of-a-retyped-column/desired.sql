create table t (id int primary key, a text, key k (a(10)));
