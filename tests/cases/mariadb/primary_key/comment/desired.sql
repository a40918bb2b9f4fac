create table t (id int, primary key (id) comment 'c');
