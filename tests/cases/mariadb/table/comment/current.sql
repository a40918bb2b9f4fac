create table t (id int primary key) comment 'a';
