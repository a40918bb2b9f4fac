create table t (id int primary key, b int, key k (b) comment 'c');
