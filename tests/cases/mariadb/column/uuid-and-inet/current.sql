create table t (id int primary key, u char(36), i varchar(45));
