create table t (id int primary key, name varchar(20) not null comment 'c');
