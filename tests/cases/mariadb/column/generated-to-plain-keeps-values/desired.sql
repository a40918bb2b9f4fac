create table t (id int primary key, a int, v int not null default 0, w int default 0, s int not null default 0);
