create table t (a int not null primary key, b text) partition by key (a) partitions 5;
