create table t (id int primary key, at timestamp null);
