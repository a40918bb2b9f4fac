create table t (id int primary key, full_name varchar(20) not null comment 'c');
