create table t (id int primary key, a bigint, c varchar(10) not null default 'q', d date);
