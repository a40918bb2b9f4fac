create table t (id int primary key, key (id)) comment 'on disk';
