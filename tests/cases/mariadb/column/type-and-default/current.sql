create table t (id int primary key, a varchar(10) default 'a', b decimal(8,2) default 1.5);
