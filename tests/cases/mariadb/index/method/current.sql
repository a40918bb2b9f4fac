create table t (id int primary key, a text not null, key k (a(10)));
