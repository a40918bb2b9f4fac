create table t (id int primary key, n int default 1, s varchar(20), u char(36), d datetime);
