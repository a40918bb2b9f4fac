create table t (id int primary key, at datetime(3) not null default current_timestamp(3));
