create table t (id int primary key, a varchar(20) comment 'c', b varchar(20) comment 'd');
