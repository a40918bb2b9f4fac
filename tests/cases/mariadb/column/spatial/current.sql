create table t (id int primary key, p geometry not null);
