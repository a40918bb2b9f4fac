create table t (id int primary key, at datetime(3) not null default current_timestamp(3) on update current_timestamp(3), b int default 1);
