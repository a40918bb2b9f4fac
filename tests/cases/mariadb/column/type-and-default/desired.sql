create table t (id int primary key, a varchar(80) default 'b', b decimal(12,4) default 2.25);
