create table t (id int primary key, a int default 7, b varchar(5));
