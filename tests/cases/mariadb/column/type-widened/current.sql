create table t (id int primary key, n int not null, v varchar(20) default 'a' comment 'kept');
