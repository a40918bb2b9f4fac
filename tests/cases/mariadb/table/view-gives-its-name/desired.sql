create table base (id int primary key); create table t (id int primary key);
