create table t (a int not null unique) partition by linear hash (a) partitions 2;
