create table t (id int primary key, n bigint not null, v varchar(60) default 'a' comment 'kept');
