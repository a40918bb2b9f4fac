create table t (id int primary key, p point not null);
