create table t (a int not null primary key, b varchar(5)) partition by key (a) partitions 2;
